output "admin_console" {
  description = "Admin console, Security, API controls, Domain-wide delegation: one entry with exactly this."
  value = local.delegated ? {
    client_id = google_service_account.delegate[0].unique_id
    scopes    = join(",", local.delegated_scopes)
  } : null
}

output "environment" {
  description = "For `peerpact init`, `doctor` and `run` on a laptop; the token key is yours to add."
  value = merge(
    {
      PEERPACT_MAILBOX         = var.mailbox
      PEERPACT_ACCOUNTS        = join(",", [for job in sort(keys(local.jobs)) : google_service_account.job[job].email])
      PEERPACT_LEDGER_ACCOUNTS = join(",", [for job in sort(keys(local.jobs)) : google_service_account.job[job].email if local.jobs[job].opens_ledger])
      PEERPACT_LEASE_BUCKET    = google_storage_bucket.leases.name
    },
    local.ready ? {
      PEERPACT_PROGRAMME_SPREADSHEET = var.programme_spreadsheet
      PEERPACT_LEDGER_SPREADSHEET    = var.ledger_spreadsheet
    } : {},
    local.delegated ? { PEERPACT_DELEGATE_ACCOUNT = google_service_account.delegate[0].email } : {},
  )
}

output "permissions" {
  description = "Per job: the account it runs as, the scopes it asks for as the mailbox, and whether the ledger is shared with it."
  value = {
    for job, it in local.jobs : job => {
      account         = google_service_account.job[job].email
      mailbox_scopes  = it.mailbox_scopes
      optional_scopes = it.optional_scopes
      opens_ledger    = it.opens_ledger
    }
  }
}

output "next" {
  description = "What to do next."
  value       = local.ready ? "The schedules run. `peerpact doctor` looks at everything." : "Enter admin_console, run `peerpact init`, put both ids into terraform.tfvars, apply again. Until then the schedules are paused."
}

output "bundle" {
  description = "The bundle's object, named by its content."
  value       = google_storage_bucket_object.bundle.name
}
