# The one map of jobs: same names as entry points, commands and modules. A test compares jobs.json with the code.
locals {
  jobs = jsondecode(file("${path.module}/jobs.json"))

  delegated = var.mailbox_access == "delegation"
  ready     = var.programme_spreadsheet != "" && var.ledger_spreadsheet != ""

  # Where there are several mailboxes, each has a function of its own for each job that looks after one: a unit per (job,
  # mailbox), with its own account, and so its own 60 writes a minute. The first mailbox's keep the names of the jobs.
  # They read and write that mailbox's share of the programme, once `peerpact init` has made it.
  mailboxes = [
    for it in concat(
      [{ unit = "", address = var.mailbox, closing = var.first_mailbox_closing }],
      [for unit, it in var.mailboxes : { unit = unit, address = it.address, closing = it.closing }],
      ) : merge(it, {
        share  = try(var.mailbox_spreadsheets[it.address].share, "")
        ledger = try(var.mailbox_spreadsheets[it.address].ledger, it.unit == "" ? var.ledger_spreadsheet : "")
    })
  ]
  first    = local.mailboxes[0]
  several  = length(var.mailboxes) > 0 && local.first.share != ""
  in_place = local.several ? [for it in local.mailboxes : it if it.share != "" && it.ledger != ""] : []

  units = merge(
    { for job, it in local.jobs : job => merge(it, {
      job       = job
      account   = replace(job, "_", "-")
      mailbox   = var.mailbox
      programme = it.is_of_mailbox && local.several ? local.first.share : var.programme_spreadsheet
      ledger    = local.several && local.first.ledger != "" ? local.first.ledger : var.ledger_spreadsheet
      is_share  = it.is_of_mailbox && local.several
      paused    = !local.ready
    }) },
    { for pair in setproduct([for it in local.mailboxes : it if it.unit != ""], [for job, it in local.jobs : job if it.is_of_mailbox]) :
      "${pair[1]}-${pair[0].unit}" => merge(local.jobs[pair[1]], {
        job       = pair[1]
        account   = "${split("_", pair[1])[0]}-${pair[0].unit}"
        mailbox   = pair[0].address
        programme = pair[0].share
        ledger    = pair[0].ledger
        is_share  = true
        paused    = !local.ready || !contains([for it in local.in_place : it.address], pair[0].address)
      })
    },
  )
  names        = { for unit in keys(local.units) : unit => replace(unit, "_", "-") }
  mailbox_jobs = { for unit, it in local.units : unit => it if length(it.mailbox_scopes) > 0 }

  # One delegate for each set of scopes, as Google grants scopes to an account (its client id), whoever signs for it.
  # The one for setting up has those of all others too: `peerpact doctor` tries each. A test compares this with the code.
  scopes = jsondecode(file("${path.module}/delegates.json"))
  delegates = local.delegated ? {
    for kind, own in local.scopes : kind => sort(distinct(kind == "setup" ? flatten(values(local.scopes)) : own))
  } : {}
  signs = merge([
    for job, it in local.units : {
      for kind, own in local.scopes : "${job} as ${kind}" => { job = job, kind = kind }
      if local.delegated && length(setintersection(own, concat(it.mailbox_scopes, it.optional_scopes))) > 0
    }
  ]...)

  keys = toset(["token", "event", "log"])
  reads_key = merge([
    for job, it in local.units : { for name in it.secrets : "${job} ${name}" => { job = job, key = trimsuffix(name, "_key") } }
  ]...)
}
