# The one map of jobs: same names as entry points, commands and modules. A test compares jobs.json with the code.
locals {
  jobs  = jsondecode(file("${path.module}/jobs.json"))
  names = { for job in keys(local.jobs) : job => replace(job, "_", "-") }

  delegated    = var.mailbox_access == "delegation"
  mailbox_jobs = { for job, it in local.jobs : job => it if length(it.mailbox_scopes) > 0 }
  ready        = var.programme_spreadsheet != "" && var.ledger_spreadsheet != ""

  # One delegate for each set of scopes, as Google grants scopes to an account (its client id), whoever signs for it.
  # The one for setting up has those of all others too: `peerpact doctor` tries each. A test compares this with the code.
  scopes = jsondecode(file("${path.module}/delegates.json"))
  delegates = local.delegated ? {
    for kind, own in local.scopes : kind => sort(distinct(kind == "setup" ? flatten(values(local.scopes)) : own))
  } : {}
  signs = merge([
    for job, it in local.jobs : {
      for kind, own in local.scopes : "${job} as ${kind}" => { job = job, kind = kind }
      if local.delegated && length(setintersection(own, concat(it.mailbox_scopes, it.optional_scopes))) > 0
    }
  ]...)

  keys = toset(["token", "event", "log"])
  reads_key = merge([
    for job, it in local.jobs : { for name in it.secrets : "${job} ${name}" => { job = job, key = trimsuffix(name, "_key") } }
  ]...)
}
