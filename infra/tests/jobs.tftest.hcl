# Each job has exactly one function, schedule, own account and alerts, and no more rights than it needs.

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

run "one_of_everything_for_each_job" {
  assert {
    condition = alltrue([
      for made in [
        google_cloudfunctions2_function.job,
        google_cloud_scheduler_job.job,
        google_service_account.job,
        google_monitoring_alert_policy.failed,
        google_monitoring_alert_policy.silent,
      ] : toset(keys(made)) == toset(keys(local.jobs))
    ])
    error_message = "A job lacks a function, a schedule, an account or an alert, or there is one too many."
  }

  assert {
    condition     = length(local.jobs) == 6
    error_message = "There are six jobs."
  }

  assert {
    condition     = alltrue([for job, it in google_cloudfunctions2_function.job : it.build_config[0].entry_point == job])
    error_message = "The entry point has the job's name."
  }

  assert {
    condition = (
      alltrue([for job, it in google_cloudfunctions2_function.job : it.service_config[0].service_account_email == google_service_account.job[job].email])
      && length(distinct([for it in google_cloudfunctions2_function.job : it.service_config[0].service_account_email])) == 6
    )
    error_message = "Each function runs as its own account."
  }

  assert {
    condition     = alltrue([for job, it in google_service_account.job : length(it.account_id) >= 6 && length(it.account_id) <= 30])
    error_message = "An account's id has 6 to 30 characters."
  }

  assert {
    condition = alltrue([
      for job, it in google_monitoring_alert_policy.failed :
      strcontains(it.conditions[0].condition_threshold[0].filter, google_logging_metric.failed[job].name)
      && strcontains(google_logging_metric.failed[job].filter, "\"${google_cloudfunctions2_function.job[job].name}\"")
    ])
    error_message = "Each job's alert looks at its own function."
  }

  assert {
    condition = alltrue([
      for job, it in google_monitoring_alert_policy.silent :
      strcontains(it.conditions[0].condition_threshold[0].filter, google_logging_metric.silent[job].name)
      && strcontains(google_logging_metric.silent[job].filter, "jsonPayload.job=\"${job}\"")
    ])
    error_message = "Each job's silence is watched by its own name."
  }

  assert {
    condition = alltrue([
      for policy in concat(
        values(google_monitoring_alert_policy.failed), values(google_monitoring_alert_policy.silent),
        values(google_monitoring_alert_policy.signed_by_another), values(google_monitoring_alert_policy.way_round),
        [google_monitoring_alert_policy.no_heartbeat, google_monitoring_alert_policy.needs_a_person],
      ) : policy.notification_channels == tolist([google_monitoring_notification_channel.email.id])
      && length(policy.documentation[0].content) > 0
    ])
    error_message = "Every alert reaches somebody and says what to do."
  }
}

run "called_by_the_scheduler_alone" {
  assert {
    condition = alltrue([
      for job, it in google_cloud_scheduler_job.job :
      it.http_target[0].oidc_token[0].service_account_email == google_service_account.scheduler.email
      && it.http_target[0].oidc_token[0].audience == google_cloudfunctions2_function.job[job].service_config[0].uri
      && it.http_target[0].uri == google_cloudfunctions2_function.job[job].service_config[0].uri
      && it.http_target[0].http_method == "POST"
    ])
    error_message = "Each schedule posts to its function with the Scheduler account's OIDC token."
  }

  assert {
    condition = alltrue([
      for job, it in google_cloud_run_service_iam_member.scheduler_calls :
      it.role == "roles/run.invoker"
      && it.member == "serviceAccount:${google_service_account.scheduler.email}"
      && it.service == google_cloudfunctions2_function.job[job].name
    ])
    error_message = "Only the Scheduler's account may call a function."
  }

  assert {
    condition     = alltrue([for it in google_cloudfunctions2_function.job : it.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"])
    error_message = "Functions are reached from inside only."
  }
}

run "one_run_at_a_time" {
  assert {
    condition = alltrue([
      for it in google_cloudfunctions2_function.job :
      it.service_config[0].max_instance_count == 1 && it.service_config[0].max_instance_request_concurrency == 1
    ])
    error_message = "One instance, one request."
  }

  assert {
    condition = alltrue([
      for job, it in google_cloud_scheduler_job.job :
      tonumber(trimsuffix(it.attempt_deadline, "s")) > google_cloudfunctions2_function.job[job].service_config[0].timeout_seconds
      && tonumber(trimsuffix(it.attempt_deadline, "s")) <= 1800
    ])
    error_message = "The Scheduler waits longer than the function may take, and no longer than half an hour."
  }

  assert {
    condition = alltrue([
      for job, it in google_cloudfunctions2_function.job :
      it.service_config[0].timeout_seconds == local.jobs[job].timeout_seconds
      && it.service_config[0].available_memory == local.jobs[job].memory
    ])
    error_message = "Each function has its own time-out and memory, from jobs.json."
  }
}

# Each account's reach, spelt out: whoever widens it changes this table, too.
run "each_job_signs_as_the_delegates_that_it_needs" {
  assert {
    condition = { for job, it in output.permissions : job => join(" ", it.delegates) } == {
      check_roster        = "directory"
      pair_people         = ""
      book_first_meetings = "availability letters meetings"
      send_follow_ups     = "availability letters"
      collect_replies     = "directory replies"
      report              = "letters"
    }
    error_message = "A job may sign as another delegate than the table has."
  }

  assert {
    condition = alltrue([
      for key, it in google_service_account_iam_member.signs :
      it.service_account_id == google_service_account.acts_as_mailbox[local.signs[key].kind].name
      && it.role == google_project_iam_custom_role.sign_jwt[0].name
      && it.member == "serviceAccount:${google_service_account.job[local.signs[key].job].email}"
    ])
    error_message = "A job signs as a delegate through the role made for it."
  }

  assert {
    condition     = google_project_iam_custom_role.sign_jwt[0].permissions == toset(["iam.serviceAccounts.signJwt"])
    error_message = "The role allows signJwt and nothing else."
  }

  assert {
    condition = alltrue([
      for job, it in google_cloudfunctions2_function.job :
      sort([for name in keys(it.service_config[0].environment_variables) : lower(trimsuffix(trimprefix(name, "PEERPACT_"), "_DELEGATE")) if strcontains(name, "DELEGATE")])
      == output.permissions[job].delegates
    ])
    error_message = "A function is told of its own delegates alone."
  }

  assert {
    condition = alltrue(flatten([
      for kind, policy in google_monitoring_alert_policy.signed_by_another : [
        for job, it in output.permissions :
        strcontains(policy.conditions[0].condition_matched_log[0].filter, "\"${it.account}\"") == contains(it.delegates, kind)
      ]
    ]))
    error_message = "SignJwt for a delegate by anybody but the jobs that need it raises an alarm."
  }

  assert {
    condition     = length(google_secret_manager_secret.refresh_token) == 0 && length(google_service_account.delegate) == 0
    error_message = "With delegation there is no refresh token, and version 0.1's delegate is gone."
  }
}

run "each_job_reads_the_secrets_that_it_needs" {
  assert {
    condition = { for job, it in output.permissions : job => it.secrets } == {
      check_roster        = ["log_key"]
      pair_people         = ["log_key"]
      book_first_meetings = ["event_key", "log_key", "token_key"]
      send_follow_ups     = ["log_key", "token_key"]
      collect_replies     = ["log_key", "token_key"]
      report              = ["log_key", "token_key"]
    }
    error_message = "A job reads another secret than the table has."
  }

  assert {
    condition = alltrue([
      for key, it in google_secret_manager_secret_iam_member.key :
      it.member == "serviceAccount:${google_service_account.job[local.reads_key[key].job].email}"
      && it.secret_id == google_secret_manager_secret.key[local.reads_key[key].key].id
    ])
    error_message = "The right to a secret goes to the job that is given it."
  }

  assert {
    condition = alltrue([
      for job, it in google_cloudfunctions2_function.job :
      toset([for secret in it.service_config[0].secret_environment_variables : secret.key]) == toset([for name in local.jobs[job].secrets : "PEERPACT_${upper(name)}"])
    ])
    error_message = "A function is given its own secrets alone."
  }
}

run "each_job_holds_its_own_lease" {
  assert {
    condition = alltrue([
      for job, it in google_storage_bucket_iam_member.leases :
      it.role == "roles/storage.objectUser" && strcontains(it.condition[0].expression, "/objects/${job}.\")")
    ])
    error_message = "A job writes the objects that begin with its name."
  }

  assert {
    condition = (
      google_storage_bucket_iam_member.heartbeat.role == "roles/storage.objectViewer"
      && google_storage_bucket_iam_member.heartbeat.member == "serviceAccount:${google_service_account.job["check_roster"].email}"
    )
    error_message = "The heartbeat reads when each job succeeded, and writes nothing of theirs."
  }

  assert {
    condition     = !contains(keys(google_project_iam_member.builder), "roles/storage.objectViewer") && length(google_project_iam_member.builder_reads.condition) == 1
    error_message = "The builder reads bundles, not every bucket."
  }
}

run "the_ways_round_ring" {
  assert {
    condition = alltrue([
      for name, words in {
        key         = ["iam.googleapis.com", "(Create|Upload)ServiceAccountKey"]
        rights      = ["iam.googleapis.com", "SetIAMPolicy", "service_account"]
        project     = ["cloudresourcemanager.googleapis.com", "SetIamPolicy", "Update|Undelete)Role"]
        impersonate = ["iamcredentials.googleapis.com", google_service_account.job["report"].email]
        secret      = ["secretmanager.googleapis.com", "AccessSecretVersion", google_service_account.job["report"].email]
        } : alltrue([
          for word in words : strcontains(google_monitoring_alert_policy.way_round[name].conditions[0].condition_matched_log[0].filter, word)
      ])
    ])
    error_message = "Keys, rights on an account and in the project, impersonation and secrets read are alarms."
  }

  assert {
    condition = (
      google_project_iam_audit_config.secrets.service == "secretmanager.googleapis.com"
      && [for it in google_project_iam_audit_config.secrets.audit_log_config : it.log_type] == ["DATA_READ"]
    )
    error_message = "Without this audit log nobody sees who reads a secret."
  }
}

run "scopes_for_the_admin_console" {
  assert {
    condition = { for kind, it in output.admin_console : kind => replace(it.scopes, "https://www.googleapis.com/auth/", "") } == {
      availability = "calendar.freebusy"
      directory    = "admin.directory.user.readonly"
      letters      = "gmail.compose,gmail.metadata"
      meetings     = "calendar.calendars.readonly,calendar.events.owned"
      replies      = "gmail.modify"
      setup        = "admin.directory.user.readonly,calendar.calendars.readonly,calendar.events.owned,calendar.freebusy,drive.file,gmail.compose,gmail.metadata,gmail.modify,spreadsheets"
    }
    error_message = "A new scope has to be entered in the Admin console first: say so in the CHANGELOG, and change this line."
  }

  assert {
    condition     = alltrue([for kind, it in output.admin_console : it.client_id == google_service_account.acts_as_mailbox[kind].unique_id])
    error_message = "Each client id is that delegate's."
  }

  assert {
    condition     = [for job, it in output.permissions : job if it.opens_ledger] == ["collect_replies", "send_follow_ups"]
    error_message = "Only the two mail jobs open the ledger."
  }

  assert {
    condition = output.environment.PEERPACT_LEDGER_ACCOUNTS == join(",", [
      google_service_account.job["collect_replies"].email, google_service_account.job["send_follow_ups"].email
    ])
    error_message = "The ledger is shared with the two mail jobs' accounts."
  }

  assert {
    condition     = { for job, it in output.permissions : job => it.opens_wishes if it.opens_wishes != "" } == { collect_replies = "writes", pair_people = "reads", send_follow_ups = "reads" }
    error_message = "Private wishes are written by replies, and read by pairing and letters."
  }

  assert {
    condition = [output.environment.PEERPACT_WISHES_ACCOUNTS, output.environment.PEERPACT_WISHES_READERS] == [
      google_service_account.job["collect_replies"].email,
      join(",", [google_service_account.job["pair_people"].email, google_service_account.job["send_follow_ups"].email]),
    ]
    error_message = "Private wishes are shared with the account that writes them, and to read with two more."
  }
}

# The table of README.md and of functions/peerpact/jobs, spelt out once more: who widens a job's reach changes it here, too.
run "scopes_of_each_job" {
  assert {
    condition = { for job, it in output.permissions : job => [for scope in it.mailbox_scopes : trimprefix(scope, "https://www.googleapis.com/auth/")] } == {
      check_roster        = []
      pair_people         = []
      book_first_meetings = ["calendar.events.owned", "calendar.freebusy", "gmail.compose", "gmail.metadata"]
      send_follow_ups     = ["gmail.compose", "gmail.metadata"]
      collect_replies     = ["gmail.modify"]
      report              = ["gmail.compose", "gmail.metadata"]
    }
    error_message = "A job asks for another scope than the table has."
  }

  assert {
    condition = { for job, it in output.permissions : job => it.optional_scopes if length(it.optional_scopes) > 0 } == {
      book_first_meetings = ["https://www.googleapis.com/auth/calendar.calendars.readonly"]
      check_roster        = ["https://www.googleapis.com/auth/admin.directory.user.readonly"]
      collect_replies     = ["https://www.googleapis.com/auth/admin.directory.user.readonly"]
      send_follow_ups     = ["https://www.googleapis.com/auth/calendar.freebusy"]
    }
    error_message = "Only these may ask the directory, for working hours, or when people are busy without needing it."
  }

  assert {
    condition     = alltrue([for job, it in output.permissions : it.account == google_service_account.job[job].email])
    error_message = "Each job's permissions are those of its own account."
  }
}

run "somebody_is_told" {
  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.no_heartbeat.conditions[0].condition_absent[0].filter, google_logging_metric.heartbeats.name)
      && strcontains(google_logging_metric.heartbeats.filter, "jsonPayload.state=\"heartbeat\"")
      && tonumber(trimsuffix(google_monitoring_alert_policy.no_heartbeat.conditions[0].condition_absent[0].duration, "s")) <= 84600
    )
    error_message = "No heartbeat for some hours raises an alarm; Google takes 23.5 hours at most."
  }

  assert {
    condition = alltrue([
      for job, it in google_logging_metric.silent :
      strcontains(it.filter, "jsonPayload.hours_since_success>${local.jobs[job].longest_silence_hours}")
    ])
    error_message = "Each job's silence is measured by its own period."
  }

  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.needs_a_person.conditions[0].condition_threshold[0].filter, google_logging_metric.needs_a_person.name)
      && strcontains(google_logging_metric.needs_a_person.filter, "jsonPayload.needs_a_person>0")
      && google_monitoring_alert_policy.needs_a_person.conditions[0].condition_threshold[0].threshold_value == 0
    )
    error_message = "Letters that wait for a person raise an alarm."
  }

  assert {
    condition = alltrue([
      for kind, policy in google_monitoring_alert_policy.signed_by_another : alltrue([
        for word in ["iamcredentials.googleapis.com", "SignJwt", google_service_account.acts_as_mailbox[kind].email] :
        strcontains(policy.conditions[0].condition_matched_log[0].filter, word)
      ])
    ])
    error_message = "Whoever signs as a delegate is looked at."
  }

  assert {
    condition = (
      google_project_iam_audit_config.signing.service == "iam.googleapis.com"
      && contains([for it in google_project_iam_audit_config.signing.audit_log_config : it.log_type], "DATA_READ")
    )
    error_message = "Without this audit log nobody sees who signs."
  }
}

run "one_unit_for_each_job_and_mailbox" {
  variables {
    mailboxes = { m2 = { address = "mentoring2@example.com" }, m3 = { address = "mentoring3@example.com", closing = true } }
    mailbox_spreadsheets = {
      "mentoring@example.com"  = { share = "share-1", ledger = "ledger" }
      "mentoring2@example.com" = { share = "share-2", ledger = "ledger-2" }
    }
  }

  assert {
    condition     = length(google_cloudfunctions2_function.job) == 12 && toset(keys(google_cloud_scheduler_job.job)) == toset(keys(google_cloudfunctions2_function.job))
    error_message = "Six jobs, and three for each further mailbox, each with its own schedule."
  }

  assert {
    condition = (
      length(distinct([for it in google_service_account.job : it.account_id])) == 12
      && alltrue([for it in google_service_account.job : length(it.account_id) >= 6 && length(it.account_id) <= 30])
    )
    error_message = "Each unit runs as an account of its own, whose id has 6 to 30 characters."
  }

  assert {
    condition = (
      google_cloudfunctions2_function.job["collect_replies-m2"].build_config[0].entry_point == "collect_replies"
      && google_cloudfunctions2_function.job["collect_replies-m2"].service_config[0].environment_variables["PEERPACT_MAILBOX"] == "mentoring2@example.com"
      && google_cloudfunctions2_function.job["collect_replies-m2"].service_config[0].environment_variables["PEERPACT_PROGRAMME_SPREADSHEET"] == "share-2"
      && google_cloudfunctions2_function.job["collect_replies-m2"].service_config[0].environment_variables["PEERPACT_LEDGER_SPREADSHEET"] == "ledger-2"
      && google_cloudfunctions2_function.job["collect_replies-m2"].service_config[0].environment_variables["PEERPACT_UNIT"] == "collect_replies-m2"
      && google_cloudfunctions2_function.job["collect_replies"].service_config[0].environment_variables["PEERPACT_PROGRAMME_SPREADSHEET"] == "share-1"
    )
    error_message = "Each mailbox's units know its share and its ledger."
  }

  assert {
    condition = alltrue([
      for unit, it in google_cloudfunctions2_function.job :
      contains(keys(it.service_config[0].environment_variables), "PEERPACT_MAILBOXES") == contains(["check_roster", "pair_people", "report", "collect_replies", "collect_replies-m2", "collect_replies-m3"], unit)
    ])
    error_message = "Only jobs that look after the whole know all mailboxes, and those that answer people."
  }

  assert {
    condition     = toset([for unit, it in google_cloud_scheduler_job.job : unit if it.paused]) == toset(["book_first_meetings-m3", "send_follow_ups-m3", "collect_replies-m3"])
    error_message = "A mailbox without spreadsheets is not started yet."
  }
}
