# Accounts: one a job, one that the Scheduler calls with, one that builds, and the delegate. None has a key.

resource "google_service_account" "job" {
  for_each = local.jobs

  account_id   = "peerpact-${local.names[each.key]}"
  display_name = "Peerpact: ${each.key}"
  description  = "Runs the job ${each.key} and nothing else."

  depends_on = [google_project_service.needed]
}

resource "google_service_account" "scheduler" {
  account_id   = "peerpact-scheduler"
  display_name = "Peerpact: Scheduler"
  description  = "May call the six functions."

  depends_on = [google_project_service.needed]
}

resource "google_service_account" "builder" {
  account_id   = "peerpact-builder"
  display_name = "Peerpact: builds"
  description  = "Turns the bundle into the functions' images."

  depends_on = [google_project_service.needed]
}

# The three roles that Google asks of a build account (Cloud Run functions, "Custom service account for Cloud Build").
resource "google_project_iam_member" "builder" {
  for_each = toset(["roles/artifactregistry.writer", "roles/logging.logWriter", "roles/storage.objectViewer"])

  project = var.project
  role    = each.key
  member  = "serviceAccount:${google_service_account.builder.email}"
}

# The delegate: registered in the Admin console by its client id. No roles in the project, no key; the jobs that need
# the mailbox may sign tokens as it, through signJwt only.
resource "google_service_account" "delegate" {
  count = local.delegated ? 1 : 0

  account_id   = "peerpact-delegate"
  display_name = "Peerpact: acts as the mentoring mailbox"
  description  = "Domain-wide delegation. Signed for by the mailbox jobs alone."

  depends_on = [google_project_service.needed]
}

resource "google_project_iam_custom_role" "sign_jwt" {
  count = local.delegated ? 1 : 0

  role_id     = "peerpactSignJwt"
  title       = "Peerpact: sign tokens"
  description = "Like Token Creator, without access tokens, ID tokens and blobs."
  permissions = ["iam.serviceAccounts.signJwt"]

  depends_on = [google_project_service.needed]
}

resource "google_service_account_iam_member" "signs_as_delegate" {
  for_each = local.delegated ? local.mailbox_jobs : {}

  service_account_id = google_service_account.delegate[0].name
  role               = google_project_iam_custom_role.sign_jwt[0].name
  member             = "serviceAccount:${google_service_account.job[each.key].email}"
}

resource "google_cloud_run_service_iam_member" "scheduler_calls" {
  for_each = local.jobs

  location = var.region
  service  = google_cloudfunctions2_function.job[each.key].name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${google_service_account.scheduler.email}"
}

# Who signs as the delegate is written down. Audit logs of iamcredentials can only be had with those of iam.
resource "google_project_iam_audit_config" "signing" {
  project = var.project
  service = "iam.googleapis.com"

  audit_log_config {
    log_type = "ADMIN_READ"
  }
  audit_log_config {
    log_type = "DATA_READ"
  }
}
