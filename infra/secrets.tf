resource "google_secret_manager_secret" "token_key" {
  secret_id = "peerpact-token-key"

  replication {
    auto {}
  }

  depends_on = [google_project_service.needed]
}

resource "google_secret_manager_secret_version" "token_key" {
  secret                 = google_secret_manager_secret.token_key.id
  secret_data_wo         = var.token_key
  secret_data_wo_version = tostring(var.token_key_version)

  lifecycle {
    create_before_destroy = true # a function that is still being replaced reads the old one
  }
}

resource "google_secret_manager_secret_iam_member" "token_key" {
  for_each = local.jobs

  secret_id = google_secret_manager_secret.token_key.id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${google_service_account.job[each.key].email}"
}

resource "google_secret_manager_secret" "refresh_token" {
  count = local.delegated ? 0 : 1

  secret_id = "peerpact-refresh-token"

  replication {
    auto {}
  }

  depends_on = [google_project_service.needed]
}

resource "google_secret_manager_secret_version" "refresh_token" {
  count = local.delegated ? 0 : 1

  secret                 = google_secret_manager_secret.refresh_token[0].id
  secret_data_wo         = var.refresh_token
  secret_data_wo_version = tostring(var.refresh_token_version)

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_secret_manager_secret_iam_member" "refresh_token" {
  for_each = local.delegated ? {} : local.mailbox_jobs

  secret_id = google_secret_manager_secret.refresh_token[0].id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${google_service_account.job[each.key].email}"
}
