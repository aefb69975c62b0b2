# Three secrets, three uses: reply addresses, ids of meetings, names of keys in log lines. Each job reads those it needs.
resource "google_secret_manager_secret" "key" {
  for_each = local.keys

  secret_id = "peerpact-${each.key}-key"

  replication {
    auto {}
  }

  depends_on = [google_project_service.needed]
}

resource "google_secret_manager_secret_version" "key" {
  for_each = local.keys

  secret                 = google_secret_manager_secret.key[each.key].id
  secret_data_wo         = { token = var.token_key, event = var.event_key, log = var.log_key }[each.key]
  secret_data_wo_version = tostring({ token = var.token_key_version, event = var.event_key_version, log = var.log_key_version }[each.key])

  lifecycle {
    create_before_destroy = true # a function that is still being replaced reads the old one
  }
}

resource "google_secret_manager_secret_iam_member" "key" {
  for_each = local.reads_key

  secret_id = google_secret_manager_secret.key[each.value.key].id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${google_service_account.job[each.value.job].email}"
}

# From version 0.1. Who reads the key moves along, too: a right that is made under one address and taken away under
# another, in whichever order, may be gone in the end.
moved {
  from = google_secret_manager_secret.token_key
  to   = google_secret_manager_secret.key["token"]
}

moved {
  from = google_secret_manager_secret_version.token_key
  to   = google_secret_manager_secret_version.key["token"]
}

moved {
  from = google_secret_manager_secret_iam_member.token_key["book_first_meetings"]
  to   = google_secret_manager_secret_iam_member.key["book_first_meetings token_key"]
}

moved {
  from = google_secret_manager_secret_iam_member.token_key["send_follow_ups"]
  to   = google_secret_manager_secret_iam_member.key["send_follow_ups token_key"]
}

moved {
  from = google_secret_manager_secret_iam_member.token_key["collect_replies"]
  to   = google_secret_manager_secret_iam_member.key["collect_replies token_key"]
}

moved {
  from = google_secret_manager_secret_iam_member.token_key["report"]
  to   = google_secret_manager_secret_iam_member.key["report token_key"]
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
