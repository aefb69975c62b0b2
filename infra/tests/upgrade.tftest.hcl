# From version 0.1 and back again: in one state, what people's replies and the delegation hang on stays what it was.

mock_provider "google" {}

variables {
  project               = "example-peerpact"
  time_zone             = "Europe/Berlin"
  mailbox               = "mentoring@example.com"
  bundle                = "tests/bundles/one.zip"
  token_key             = "not a secret, but long enough"
  event_key             = "not one either, and long enough"
  log_key               = "nor this, which is as long as well"
  programme_spreadsheet = "programme"
  ledger_spreadsheet    = "ledger"
  alert_email           = "platform@example.com"
  billing_account       = "000000-000000-000000"
}

run "version_0_1" {
  state_key = "upgraded"

  module {
    source = "./tests/version_0_1"
  }
}

run "upgraded" {
  state_key = "upgraded"

  variables {
    keep_old_delegate = true
  }

  assert {
    condition = (
      google_secret_manager_secret.key["token"].id == run.version_0_1.kept.secret
      && google_secret_manager_secret_version.key["token"].id == run.version_0_1.kept.version
    )
    error_message = "The token key moves along; made anew, older mails could no longer be answered."
  }

  assert {
    condition = alltrue([
      for job in ["book_first_meetings", "send_follow_ups", "collect_replies", "report"] :
      google_secret_manager_secret_iam_member.key["${job} token_key"].id == run.version_0_1.kept.reads[job]
    ])
    error_message = "Who reads the token key moves along."
  }

  assert {
    condition     = google_service_account.delegate[0].id == run.version_0_1.kept.delegate
    error_message = "The old delegate stays, with the client id that the Admin console knows."
  }
}

run "back_again" {
  state_key = "upgraded"

  module {
    source = "./tests/version_0_1"
  }

  assert {
    condition = (
      output.kept.secret == run.version_0_1.kept.secret
      && output.kept.version == run.version_0_1.kept.version
      && output.kept.delegate == run.version_0_1.kept.delegate
    )
    error_message = "On the way back the token key and the old delegate are what they were."
  }

  assert {
    condition     = alltrue([for job in ["book_first_meetings", "send_follow_ups", "collect_replies", "report"] : output.kept.reads[job] == run.version_0_1.kept.reads[job]])
    error_message = "On the way back the jobs' right to read the token key stays."
  }
}
