resource "google_cloudfunctions2_function" "job" {
  for_each = local.units

  name        = local.names[each.key]
  location    = var.region
  description = "Peerpact: ${each.key}"

  build_config {
    runtime         = "python312"
    entry_point     = each.value.job
    service_account = google_service_account.builder.id

    automatic_update_policy {}

    source {
      storage_source {
        bucket = google_storage_bucket.bundles.name
        object = google_storage_bucket_object.bundle.name
      }
    }
  }

  service_config {
    service_account_email            = google_service_account.job[each.key].email
    ingress_settings                 = "ALLOW_INTERNAL_ONLY"
    timeout_seconds                  = each.value.timeout_seconds
    available_memory                 = each.value.memory
    available_cpu                    = "1"
    min_instance_count               = 0
    max_instance_count               = 1
    max_instance_request_concurrency = 1
    all_traffic_on_latest_revision   = true

    environment_variables = merge(
      {
        PEERPACT_PROGRAMME_SPREADSHEET = each.value.programme
        PEERPACT_LEDGER_SPREADSHEET    = each.value.ledger
        PEERPACT_MAILBOX               = each.value.mailbox
        PEERPACT_LEASE_BUCKET          = google_storage_bucket.leases.name
        PEERPACT_GUESTS                = join(",", var.guests)
        # glibc gives back what a large answer or tab took once it is read, and keeps no holes in between
        MALLOC_MMAP_THRESHOLD_ = "65536"
        MALLOC_TRIM_THRESHOLD_ = "131072"
      },
      each.value.is_share ? { PEERPACT_UNIT = each.key } : {},
      (!each.value.is_of_mailbox || each.value.reads_other_mailboxes) && length(local.in_place) > 0 ? {
        PEERPACT_MAILBOXES = jsonencode([for it in local.in_place : {
          mailbox = it.address, share = it.share, ledger = it.ledger, closing = it.closing, unit = it.unit
        }])
      } : {},
      each.value.opens_wishes != "" && var.wishes_spreadsheet != "" ? { PEERPACT_WISHES_SPREADSHEET = var.wishes_spreadsheet } : {},
      var.keep_old_delegate ? {} : {
        for it in values(local.signs) : "PEERPACT_${upper(it.kind)}_DELEGATE" => google_service_account.acts_as_mailbox[it.kind].email
        if it.job == each.key
      },
      local.delegated && var.keep_old_delegate && contains(keys(local.mailbox_jobs), each.key) ? {
        PEERPACT_DELEGATE_ACCOUNT = google_service_account.delegate[0].email
      } : {},
    )

    dynamic "secret_environment_variables" {
      for_each = [for name in each.value.secrets : trimsuffix(name, "_key")]

      content {
        key        = "PEERPACT_${upper(secret_environment_variables.value)}_KEY"
        project_id = var.project
        secret     = google_secret_manager_secret.key[secret_environment_variables.value].secret_id
        version    = google_secret_manager_secret_version.key[secret_environment_variables.value].version
      }
    }

    dynamic "secret_environment_variables" {
      for_each = !local.delegated && contains(keys(local.mailbox_jobs), each.key) ? ["PEERPACT_REFRESH_TOKEN"] : []

      content {
        key        = secret_environment_variables.value
        project_id = var.project
        secret     = google_secret_manager_secret.refresh_token[0].secret_id
        version    = google_secret_manager_secret_version.refresh_token[0].version
      }
    }
  }

  depends_on = [
    google_project_iam_member.builder,
    google_project_iam_member.builder_reads,
    google_secret_manager_secret_iam_member.key,
    google_secret_manager_secret_iam_member.refresh_token,
  ]
}
