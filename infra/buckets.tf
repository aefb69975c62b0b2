resource "google_storage_bucket" "bundles" {
  #checkov:skip=CKV_GCP_62:read and written by deployments only, which the audit log of the project has already
  name     = "${var.project}-peerpact-bundles"
  location = var.region

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true # bundles can be built again

  versioning {
    enabled = true
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 30
    }
  }

  depends_on = [google_project_service.needed]
}

# Named by its content: another bundle is another object, and only then are the functions built anew.
resource "google_storage_bucket_object" "bundle" {
  bucket = google_storage_bucket.bundles.name
  name   = "bundle-${filesha256(var.bundle)}.zip"
  source = var.bundle
}

# Leases that keep two runs of a job apart, and when each job last succeeded. Nothing about people.
resource "google_storage_bucket" "leases" {
  #checkov:skip=CKV_GCP_62:six small objects without anything about people; access logs would be larger than they are
  #checkov:skip=CKV_GCP_78:an older lease is of no use to anybody
  name     = "${var.project}-peerpact-leases"
  location = var.region

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true # a lease lives for minutes

  soft_delete_policy {
    retention_duration_seconds = 0
  }

  depends_on = [google_project_service.needed]
}

resource "google_storage_bucket_iam_member" "leases" {
  for_each = local.units

  bucket = google_storage_bucket.leases.name
  role   = "roles/storage.objectUser"
  member = "serviceAccount:${google_service_account.job[each.key].email}"

  condition {
    title       = "Its own lease"
    description = "The objects whose names begin with the job's."
    expression  = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.leases.name}/objects/${each.key}.\")"
  }
}

# The heartbeat says of each job when it last succeeded.
resource "google_storage_bucket_iam_member" "heartbeat" {
  bucket = google_storage_bucket.leases.name
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:${google_service_account.job["check_roster"].email}"

  condition {
    title       = "When each job succeeded"
    description = "Not the leases."
    expression  = "resource.name.endsWith(\".succeeded\")"
  }
}
