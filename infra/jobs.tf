# The one map of jobs: same names as entry points, commands and modules. A test compares jobs.json with the code.
locals {
  jobs  = jsondecode(file("${path.module}/jobs.json"))
  names = { for job in keys(local.jobs) : job => replace(job, "_", "-") }

  delegated    = var.mailbox_access == "delegation"
  mailbox_jobs = { for job, it in local.jobs : job => it if length(it.mailbox_scopes) > 0 }
  ready        = var.programme_spreadsheet != "" && var.ledger_spreadsheet != ""

  # `peerpact init` and `peerpact doctor` act as the mailbox on a person's laptop: they create the spreadsheets.
  setup_scopes = [
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.file",
  ]
  delegated_scopes = sort(distinct(concat(
    local.setup_scopes,
    flatten([for it in values(local.jobs) : concat(it.mailbox_scopes, it.optional_scopes)]),
  )))
}
