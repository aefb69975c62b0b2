# The installation as a whole: nothing public, no keys, pinned secrets, a bundle named by its content, two ways to the mailbox.

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

run "nobody_outside_is_given_anything" {
  assert {
    condition = !anytrue([
      for member in concat(
        [for it in google_cloud_run_service_iam_member.scheduler_calls : it.member],
        [for it in google_service_account_iam_member.signs : it.member],
        [for it in google_service_account_iam_member.signs_as_delegate : it.member],
        [for it in google_service_account_iam_member.sets_up : it.member],
        [for it in google_project_iam_member.builder_reads[*] : it.member],
        [for it in google_storage_bucket_iam_member.heartbeat[*] : it.member],
        [for it in google_storage_bucket_iam_member.leases : it.member],
        [for it in google_secret_manager_secret_iam_member.key : it.member],
        [for it in google_secret_manager_secret_iam_member.refresh_token : it.member],
        [for it in google_project_iam_member.builder : it.member],
      ) : !startswith(member, "serviceAccount:")
    ])
    error_message = "Rights go to our own accounts only."
  }

  assert {
    condition = alltrue([
      for it in [google_storage_bucket.bundles, google_storage_bucket.leases] :
      it.public_access_prevention == "enforced" && it.uniform_bucket_level_access
    ])
    error_message = "Buckets can't be made public."
  }
}

run "secrets_are_pinned" {
  assert {
    condition = alltrue(flatten([
      for it in google_cloudfunctions2_function.job : [
        for secret in it.service_config[0].secret_environment_variables : contains([for it in google_secret_manager_secret_version.key : it.version], secret.version)
      ]
    ]))
    error_message = "Secrets are read in one version, never the latest."
  }

  assert {
    condition     = alltrue([for it in google_secret_manager_secret_version.key : it.secret_data == null])
    error_message = "The secret is given write-only, so that it does not reach the state."
  }
}

run "first_bundle" {
  assert {
    condition     = google_storage_bucket_object.bundle.name == "bundle-${filesha256("tests/bundles/one.zip")}.zip"
    error_message = "A bundle is named by its content."
  }

  assert {
    condition     = alltrue([for it in google_cloudfunctions2_function.job : it.build_config[0].source[0].storage_source[0].object == google_storage_bucket_object.bundle.name])
    error_message = "All six functions are built from the one bundle."
  }
}

run "another_bundle" {
  variables {
    bundle = "tests/bundles/two.zip"
  }

  assert {
    condition     = google_storage_bucket_object.bundle.name != run.first_bundle.bundle
    error_message = "Another bundle has another name, so that the functions are built anew."
  }
}

run "paused_until_the_spreadsheets_are_known" {
  variables {
    ledger_spreadsheet = ""
  }

  assert {
    condition     = alltrue([for it in google_cloud_scheduler_job.job : it.paused])
    error_message = "Without both spreadsheets nothing runs."
  }
}

run "running_once_they_are_known" {
  assert {
    condition     = !anytrue([for it in google_cloud_scheduler_job.job : it.paused])
    error_message = "With both spreadsheets everything runs."
  }
}

run "told_when_it_costs_more" {
  assert {
    condition     = [for it in google_billing_budget.month.threshold_rules : it.threshold_percent] == [0.5, 1, 1]
    error_message = "A mail goes out at half the budget, at all of it, and when all is forecast."
  }

  assert {
    condition = (
      google_billing_budget.month.all_updates_rule[0].monitoring_notification_channels == tolist([google_monitoring_notification_channel.email.id])
      && google_billing_budget.month.amount[0].specified_amount[0].units == tostring(var.monthly_budget)
      && google_billing_budget.month.budget_filter[0].calendar_period == "MONTH"
      && toset(google_billing_budget.month.budget_filter[0].projects) == toset(["projects/${data.google_project.this.number}"])
    )
    error_message = "The budget is this project's, for a month, and its mails reach somebody."
  }
}

run "with_the_mailbox_s_own_consent" {
  variables {
    mailbox_access = "consent"
    refresh_token  = "{}"
  }

  assert {
    condition = (
      length(google_service_account.acts_as_mailbox) == 0
      && length(google_service_account_iam_member.signs) == 0
      && length(google_project_iam_custom_role.sign_jwt) == 0
      && length(output.admin_console) == 0
    )
    error_message = "With consent there is no delegate."
  }

  assert {
    condition = alltrue([
      for job, it in google_cloudfunctions2_function.job :
      contains([for secret in it.service_config[0].secret_environment_variables : secret.key], "PEERPACT_REFRESH_TOKEN")
      == contains(keys(local.mailbox_jobs), job)
    ])
    error_message = "Only the mailbox jobs are given the refresh token."
  }

  assert {
    condition = alltrue(flatten([
      for it in google_cloudfunctions2_function.job : [
        for secret in it.service_config[0].secret_environment_variables :
        secret.version == google_secret_manager_secret_version.refresh_token[0].version if secret.key == "PEERPACT_REFRESH_TOKEN"
      ]
    ]))
    error_message = "The refresh token is read in one version, never the latest."
  }

  assert {
    condition     = toset(keys(google_secret_manager_secret_iam_member.refresh_token)) == toset(keys(local.mailbox_jobs))
    error_message = "Only the mailbox jobs may read the refresh token."
  }

  assert {
    condition = alltrue([
      for it in google_cloudfunctions2_function.job :
      length([for name in keys(it.service_config[0].environment_variables) : name if startswith(name, "MALLOC_")]) == 2
    ])
    error_message = "Each job's memory is given back once a large tab is read."
  }
}

run "consent_is_planned_without_a_delegate" {
  command = plan

  variables {
    mailbox_access = "consent"
    refresh_token  = "{}"
  }

  assert {
    condition = alltrue([
      for it in google_cloudfunctions2_function.job : length([for name in keys(it.service_config[0].environment_variables) : name if strcontains(name, "DELEGATE")]) == 0
    ])
    error_message = "No function is told of a delegate."
  }

  assert {
    condition     = length(google_monitoring_alert_policy.signed_by_another) == 0 && toset(keys(google_monitoring_alert_policy.failed)) == toset(keys(local.jobs))
    error_message = "Nobody can sign as a delegate that is not there; all other alerts stay."
  }

  assert {
    condition     = google_secret_manager_secret_version.refresh_token[0].secret_data == null
    error_message = "The refresh token is given write-only, so that it does not reach the state."
  }
}

run "set_up_while_somebody_is_named" {
  variables {
    setup_by = "user:engineer@example.com"
  }

  assert {
    condition = (
      google_service_account.acts_as_mailbox["setup"].disabled == false
      && google_service_account_iam_member.sets_up[0].member == "user:engineer@example.com"
      && google_service_account_iam_member.sets_up[0].service_account_id == google_service_account.acts_as_mailbox["setup"].name
      && output.environment.PEERPACT_SETUP_DELEGATE == google_service_account.acts_as_mailbox["setup"].email
    )
    error_message = "Who sets up signs as the delegate for that, and as no other."
  }
}

run "nobody_sets_up_otherwise" {
  assert {
    condition = (
      google_service_account.acts_as_mailbox["setup"].disabled
      && length(google_service_account_iam_member.sets_up) == 0
      && !contains(keys(output.environment), "PEERPACT_SETUP_DELEGATE")
    )
    error_message = "Unless somebody is named, the delegate for setting up is disabled."
  }
}

run "an_upgrade_keeps_the_old_delegate_for_a_while" {
  variables {
    keep_old_delegate = true
  }

  assert {
    condition = alltrue([
      for job, it in google_cloudfunctions2_function.job :
      join(",", [for name in keys(it.service_config[0].environment_variables) : name if strcontains(name, "DELEGATE")])
      == (contains(keys(local.mailbox_jobs), job) ? "PEERPACT_DELEGATE_ACCOUNT" : "")
    ])
    error_message = "Until the new delegates count, jobs go on with the old one alone."
  }

  assert {
    condition     = length(google_service_account.acts_as_mailbox) == length(local.scopes)
    error_message = "The new delegates are there already, so that the Admin console can list them."
  }
}

run "keys_are_forbidden_where_wanted" {
  command = plan

  variables {
    forbid_keys = true
  }

  assert {
    condition     = google_project_organization_policy.no_keys[0].constraint == "iam.disableServiceAccountKeyCreation" && google_project_organization_policy.no_keys[0].boolean_policy[0].enforced
    error_message = "The policy forbids keys."
  }
}

run "no_third_way_to_the_mailbox" {
  command = plan

  variables {
    mailbox_access = "key"
  }

  expect_failures = [var.mailbox_access]
}

run "what_is_misspelt_is_told_before_anything_is_made" {
  command = plan

  variables {
    project               = "Example"
    region                = "europe-west1-b"
    time_zone             = "Berlin"
    mailbox               = "Mentoring@example.com"
    programme_spreadsheet = "https://docs.google.com/spreadsheets/d/programme/edit"
    guests                = ["you"]
    token_key             = "short"
    setup_by              = "you@example.com"
    alert_email           = "platform"
    billing_account       = "billing"
    monthly_budget        = 0.5
  }

  expect_failures = [
    var.project, var.region, var.time_zone, var.mailbox, var.programme_spreadsheet, var.guests, var.token_key, var.setup_by,
    var.alert_email, var.billing_account, var.monthly_budget,
  ]
}

run "what_is_named_twice_is_told_too" {
  command = plan

  variables {
    mailboxes          = { m2 = { address = "second@example.com" }, m3 = { address = "second@example.com" } }
    ledger_spreadsheet = "programme"
  }

  expect_failures = [var.mailboxes, var.ledger_spreadsheet]
}

run "private_wishes_are_nowhere_else" {
  command = plan

  variables {
    wishes_spreadsheet = "ledger"
  }

  expect_failures = [var.wishes_spreadsheet]
}
