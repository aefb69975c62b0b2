resource "google_cloud_scheduler_job" "job" {
  for_each = local.units

  name        = "peerpact-${local.names[each.key]}"
  region      = var.region
  description = "Peerpact: ${each.key}"
  schedule    = each.value.schedule
  time_zone   = var.time_zone
  paused      = each.value.paused

  # Longer than the function may take, so that its own answer is what is seen here.
  attempt_deadline = "${each.value.timeout_seconds + 30}s"

  # A job that stopped before its deadline answers 503 and goes on at the next try.
  retry_config {
    retry_count          = 5
    min_backoff_duration = "30s"
    max_backoff_duration = "300s"
    max_doublings        = 3
  }

  http_target {
    http_method = "POST"
    uri         = google_cloudfunctions2_function.job[each.key].service_config[0].uri

    oidc_token {
      service_account_email = google_service_account.scheduler.email
      audience              = google_cloudfunctions2_function.job[each.key].service_config[0].uri
    }
  }

  depends_on = [google_cloud_run_service_iam_member.scheduler_calls]
}
