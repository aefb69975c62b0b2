variable "project" {
  description = "The project's id. Use a project of its own: whoever may deploy here can act as the mentoring mailbox."
  type        = string
}

variable "region" {
  description = "Where functions, Scheduler jobs and buckets live."
  type        = string
  default     = "europe-west1"
}

variable "time_zone" {
  description = "The programme's time zone, for the schedules; the same as in the spreadsheet's Settings."
  type        = string
}

variable "mailbox" {
  description = "The address that writes, invites and reads replies."
  type        = string
}

variable "mailboxes" {
  description = "Further mailboxes, where one is not enough (from about 10,000 people), by a short name that never changes. One that is closing gets no new pairings."
  type = map(object({
    address = string
    closing = optional(bool, false)
  }))
  default = {}

  validation {
    condition     = alltrue([for unit in keys(var.mailboxes) : can(regex("^[a-z0-9]{1,12}$", unit))])
    error_message = "A mailbox's short name has up to 12 small letters and digits, such as m2."
  }
}

variable "first_mailbox_closing" {
  description = "With several mailboxes: the first one, which writes to the admins, gets no new pairings."
  type        = bool
  default     = false
}

variable "mailbox_spreadsheets" {
  description = "With several mailboxes: the ids of each one's share and ledger, by its address, as `peerpact init --write` puts them here."
  type        = map(object({ share = string, ledger = string }))
  default     = {}
}

variable "mailbox_access" {
  description = <<-EOT
    How the jobs reach the mailbox: "delegation" (a keyless account with domain-wide delegation; nothing to renew) or
    "consent" (the mailbox's own OAuth refresh token in Secret Manager; reaches one mailbox, ends when its password changes).
  EOT
  type        = string
  default     = "delegation"

  validation {
    condition     = contains(["delegation", "consent"], var.mailbox_access)
    error_message = "mailbox_access is \"delegation\" or \"consent\"."
  }
}

variable "programme_spreadsheet" {
  description = "The id that `peerpact init` printed. Until this and the ledger's are given the schedules are paused."
  type        = string
  default     = ""
}

variable "ledger_spreadsheet" {
  description = "The private ledger's id that `peerpact init` printed."
  type        = string
  default     = ""
}

variable "wishes_spreadsheet" {
  description = "The id of the spreadsheet of private wishes that `peerpact init` printed. Empty: such wishes are shown to admins."
  type        = string
  default     = ""
}

variable "guests" {
  description = "Outside production: the only addresses that are written to. Empty: everybody on the roster."
  type        = list(string)
  default     = []
}

variable "bundle" {
  description = "The bundle, built by `python infra/bundle.py build/bundle.zip`."
  type        = string
  default     = "../build/bundle.zip"
}

variable "token_key" {
  description = "Secret for the tokens in reply addresses, write-only: it does not reach the state. Needed whenever token_key_version changes."
  type        = string
  default     = null
  sensitive   = true
}

variable "token_key_version" {
  description = "Raise it to replace the token key."
  type        = number
  default     = 1
}

variable "event_key" {
  description = "Secret for the ids of meetings, write-only. Never replaced while meetings are ahead: their ids are made with it."
  type        = string
  default     = null
  sensitive   = true
}

variable "event_key_version" {
  description = "Raise it to replace the event key."
  type        = number
  default     = 1
}

variable "log_key" {
  description = "Secret for the names that log lines have for keys, write-only. Replaced, older lines can't be traced any more."
  type        = string
  default     = null
  sensitive   = true
}

variable "log_key_version" {
  description = "Raise it to replace the log key."
  type        = number
  default     = 1
}

variable "setup_by" {
  description = "Who may run `peerpact init` and `peerpact doctor` for now, such as user:you@example.com. Empty: the account for that is disabled."
  type        = string
  default     = ""
}

variable "keep_old_delegate" {
  description = "For an upgrade from 0.1: true until the Admin console lists the new delegates; jobs go on with the old one."
  type        = bool
  default     = false
}

variable "forbid_keys" {
  description = "Forbid keys of service accounts in this project by an organisation policy; needs the role Organization Policy Administrator."
  type        = bool
  default     = false
}

variable "refresh_token" {
  description = "With mailbox_access \"consent\": JSON with client_id, client_secret and refresh_token."
  type        = string
  default     = null
  sensitive   = true
}

variable "refresh_token_version" {
  description = "Raise it to replace the refresh token."
  type        = number
  default     = 1
}

variable "alert_email" {
  description = "Who is told when a job fails, keeps silent, or needs a person."
  type        = string
}

variable "billing_account" {
  description = "The billing account's id, for the budget."
  type        = string
}

variable "monthly_budget" {
  description = "In whole units of the billing account's currency; a mail goes out at half, at all, and when all is forecast."
  type        = number
  default     = 20
}
