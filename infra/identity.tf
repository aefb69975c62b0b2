# Accounts: one a job, one that the Scheduler calls with, one that builds, and the delegates. None has a key.

resource "google_service_account" "job" {
  for_each = local.units

  account_id   = "peerpact-${each.value.account}"
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

# The roles that Google asks of a build account (Cloud Run functions, "Custom service account for Cloud Build"). It reads
# two buckets: ours with the bundles, and the one into which Google copies sources.
resource "google_project_iam_member" "builder" {
  for_each = toset(["roles/artifactregistry.writer", "roles/logging.logWriter"])

  project = var.project
  role    = each.key
  member  = "serviceAccount:${google_service_account.builder.email}"
}

resource "google_project_iam_member" "builder_reads" {
  project = var.project
  role    = "roles/storage.objectViewer"
  member  = "serviceAccount:${google_service_account.builder.email}"

  condition {
    title       = "Bundles and their copies"
    description = "Not the buckets of leases and of Terraform's state."
    expression  = join(" || ", [for bucket in ["${var.project}-peerpact-bundles", "gcf-v2-sources-", "gcf-v2-uploads-"] : "resource.name.startsWith(\"projects/_/buckets/${bucket}\")"])
  }
}

# The delegates: registered in the Admin console by their client ids. No roles in the project, no key; each may be signed
# for, through signJwt only, by the jobs that need its scopes. The one for setting up can be used while a person is named.
resource "google_service_account" "acts_as_mailbox" {
  for_each = local.delegates

  account_id   = "peerpact-as-${each.key}"
  display_name = "Peerpact: acts as the mailbox, ${each.key}"
  description  = each.key == "setup" ? "Domain-wide delegation for init and doctor; enabled while setup_by names somebody." : "Domain-wide delegation with the scopes for ${each.key} alone."
  disabled     = each.key == "setup" && var.setup_by == ""

  depends_on = [google_project_service.needed]
}

# Version 0.1 had one delegate for everything. It stays until the Admin console knows the new ones (infra/README.md).
resource "google_service_account" "delegate" {
  count = local.delegated && var.keep_old_delegate ? 1 : 0

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

resource "google_service_account_iam_member" "signs" {
  for_each = local.signs

  service_account_id = google_service_account.acts_as_mailbox[each.value.kind].name
  role               = google_project_iam_custom_role.sign_jwt[0].name
  member             = "serviceAccount:${google_service_account.job[each.value.job].email}"
}

resource "google_service_account_iam_member" "signs_as_delegate" {
  for_each = local.delegated && var.keep_old_delegate ? local.mailbox_jobs : {}

  service_account_id = google_service_account.delegate[0].name
  role               = google_project_iam_custom_role.sign_jwt[0].name
  member             = "serviceAccount:${google_service_account.job[each.key].email}"
}

resource "google_service_account_iam_member" "sets_up" {
  count = local.delegated && var.setup_by != "" ? 1 : 0

  service_account_id = google_service_account.acts_as_mailbox["setup"].name
  role               = google_project_iam_custom_role.sign_jwt[0].name
  member             = var.setup_by
}

resource "google_cloud_run_service_iam_member" "scheduler_calls" {
  for_each = local.units

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

# Who reads a secret is written down, too.
resource "google_project_iam_audit_config" "secrets" {
  project = var.project
  service = "secretmanager.googleapis.com"

  audit_log_config {
    log_type = "DATA_READ"
  }
}

resource "google_project_organization_policy" "no_keys" {
  count = var.forbid_keys ? 1 : 0

  project    = var.project
  constraint = "iam.disableServiceAccountKeyCreation"

  boolean_policy {
    enforced = true
  }
}
