# What of version 0.1's files has another address now: the token key, who reads it, and the one delegate.
terraform {
  required_providers {
    google = {
      source = "hashicorp/google"
    }
  }
}

variable "token_key" {
  type      = string
  sensitive = true
}

locals {
  jobs = toset(["check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "collect_replies", "report"])
}

resource "google_secret_manager_secret" "token_key" {
  secret_id = "peerpact-token-key"

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "token_key" {
  secret                 = google_secret_manager_secret.token_key.id
  secret_data_wo         = var.token_key
  secret_data_wo_version = "1"

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_secret_manager_secret_iam_member" "token_key" {
  for_each = local.jobs

  secret_id = google_secret_manager_secret.token_key.id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${each.key}@example-peerpact.iam.gserviceaccount.com"
}

resource "google_service_account" "delegate" {
  count = 1

  account_id   = "peerpact-delegate"
  display_name = "Peerpact: acts as the mentoring mailbox"
}

output "kept" {
  description = "What must be the same after an upgrade, and on the way back."
  value = {
    secret   = google_secret_manager_secret.token_key.id
    version  = google_secret_manager_secret_version.token_key.id
    delegate = google_service_account.delegate[0].id
    reads    = { for job, it in google_secret_manager_secret_iam_member.token_key : job => it.id }
  }
}
