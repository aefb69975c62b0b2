output "admin_console" {
  description = "Admin console, Security, API controls, Domain-wide delegation: one entry for each, with exactly this."
  value = {
    for kind, scopes in local.delegates : kind => {
      client_id = google_service_account.acts_as_mailbox[kind].unique_id
      scopes    = join(",", scopes)
    }
  }
}

output "environment" {
  description = "For `peerpact init`, `doctor` and `run` on a laptop; the three keys are yours to add."
  value = merge(
    {
      PEERPACT_MAILBOX         = var.mailbox
      PEERPACT_ACCOUNTS        = join(",", [for job in sort(keys(local.jobs)) : google_service_account.job[job].email])
      PEERPACT_LEDGER_ACCOUNTS = join(",", [for job in sort(keys(local.jobs)) : google_service_account.job[job].email if local.jobs[job].opens_ledger])
      PEERPACT_WISHES_ACCOUNTS = join(",", [for job in sort(keys(local.units)) : google_service_account.job[job].email if local.units[job].opens_wishes == "writes"])
      PEERPACT_WISHES_READERS  = join(",", [for job in sort(keys(local.units)) : google_service_account.job[job].email if local.units[job].opens_wishes == "reads"])
      PEERPACT_LEASE_BUCKET    = google_storage_bucket.leases.name
    },
    length(var.mailboxes) > 0 ? {
      PEERPACT_MAILBOXES = jsonencode([for it in local.mailboxes : {
        mailbox         = it.address
        share           = it.share
        ledger          = it.ledger
        closing         = it.closing
        unit            = it.unit
        accounts        = [for unit in sort(keys(local.units)) : google_service_account.job[unit].email if local.units[unit].is_of_mailbox && local.units[unit].mailbox == it.address]
        ledger_accounts = [for unit in sort(keys(local.units)) : google_service_account.job[unit].email if local.units[unit].opens_ledger && local.units[unit].mailbox == it.address]
        reply_accounts  = [for unit in sort(keys(local.units)) : google_service_account.job[unit].email if local.units[unit].reads_other_mailboxes && local.units[unit].mailbox == it.address]
      }])
    } : {},
    local.ready ? {
      PEERPACT_PROGRAMME_SPREADSHEET = var.programme_spreadsheet
      PEERPACT_LEDGER_SPREADSHEET    = var.ledger_spreadsheet
    } : {},
    var.wishes_spreadsheet != "" ? { PEERPACT_WISHES_SPREADSHEET = var.wishes_spreadsheet } : {},
    local.delegated && var.setup_by != "" ? { PEERPACT_SETUP_DELEGATE = google_service_account.acts_as_mailbox["setup"].email } : {},
  )
}

output "permissions" {
  description = "Per job: the account it runs as, the scopes it asks for as the mailbox, and how it may open the ledger and private wishes."
  value = {
    for job, it in local.units : job => {
      account         = google_service_account.job[job].email
      mailbox_scopes  = it.mailbox_scopes
      optional_scopes = it.optional_scopes
      opens_ledger    = it.opens_ledger
      opens_wishes    = it.opens_wishes
      secrets         = it.secrets
      delegates       = sort([for sign in values(local.signs) : sign.kind if sign.job == job])
    }
  }
}

output "next" {
  description = "What to do next."
  value       = local.ready ? "The schedules run. `peerpact doctor` looks at everything." : "Enter admin_console, run `peerpact init`, put the ids into terraform.tfvars, apply again. Until then the schedules are paused."
}

output "bundle" {
  description = "The bundle's object, named by its content."
  value       = google_storage_bucket_object.bundle.name
}
