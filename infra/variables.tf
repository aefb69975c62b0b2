variable "project" {
  description = "The project's id. Use a project of its own: whoever may deploy here can act as the mentoring mailbox."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "The project's id (not its name or number): 6 to 30 small letters, digits and hyphens."
  }
}

variable "region" {
  description = "Where functions, Scheduler jobs and buckets live."
  type        = string
  default     = "europe-west1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "A region such as europe-west1, not a zone."
  }
}

variable "time_zone" {
  description = "The programme's time zone, for the schedules; the same as in the spreadsheet's Settings."
  type        = string

  validation {
    condition     = can(regex("^([A-Za-z_]+(/[A-Za-z0-9_+-]+)+|UTC)$", var.time_zone))
    error_message = "A time zone's name such as Europe/Berlin."
  }
}

variable "mailbox" {
  description = "The address that writes, invites and reads replies."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s,:|]+@[^@\\s,:|]+$", var.mailbox)) && var.mailbox == lower(var.mailbox)
    error_message = "One address in small letters, as `peerpact init` writes it into mailbox_spreadsheets."
  }
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

  validation {
    condition     = alltrue([for it in values(var.mailboxes) : can(regex("^[^@\\s,:|]+@[^@\\s,:|]+$", it.address)) && it.address == lower(it.address)])
    error_message = "A mailbox's address is one, in small letters."
  }

  validation {
    condition     = length(distinct(concat([var.mailbox], [for it in values(var.mailboxes) : it.address]))) == length(var.mailboxes) + 1
    error_message = "Each mailbox is named once, and the first one, mailbox, is not among the further ones."
  }

  validation {
    condition     = length(var.mailboxes) == 0 || var.mailbox_access == "delegation"
    error_message = "One mailbox's consent reaches no other: several need mailbox_access = \"delegation\"."
  }
}

variable "first_mailbox_closing" {
  description = "With several mailboxes: the first one, which writes to the admins, gets no new pairings."
  type        = bool
  default     = false

  validation {
    condition     = !var.first_mailbox_closing || length(var.mailboxes) > 0
    error_message = "The only mailbox can't be closing: name further ones in mailboxes."
  }
}

variable "mailbox_spreadsheets" {
  description = "With several mailboxes: the ids of each one's share and ledger, by its address, as `peerpact init --write` puts them here."
  type        = map(object({ share = string, ledger = string }))
  default     = {}

  validation {
    condition     = alltrue(flatten([for it in values(var.mailbox_spreadsheets) : [for id in [it.share, it.ledger] : can(regex("^[A-Za-z0-9_-]*$", id))]]))
    error_message = "A spreadsheet's id alone: what is between /d/ and /edit in its address."
  }
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

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]*$", var.programme_spreadsheet))
    error_message = "A spreadsheet's id alone: what is between /d/ and /edit in its address."
  }
}

variable "ledger_spreadsheet" {
  description = "The private ledger's id that `peerpact init` printed."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]*$", var.ledger_spreadsheet))
    error_message = "A spreadsheet's id alone: what is between /d/ and /edit in its address."
  }

  validation {
    condition     = var.ledger_spreadsheet == "" || var.ledger_spreadsheet != var.programme_spreadsheet
    error_message = "The ledger is another spreadsheet than the programme's: admins would read what people promised."
  }
}

variable "wishes_spreadsheet" {
  description = "The id of the spreadsheet of private wishes that `peerpact init` printed. Empty: such wishes are shown to admins."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]*$", var.wishes_spreadsheet))
    error_message = "A spreadsheet's id alone: what is between /d/ and /edit in its address."
  }

  validation {
    condition     = var.wishes_spreadsheet == "" || !contains([var.programme_spreadsheet, var.ledger_spreadsheet], var.wishes_spreadsheet)
    error_message = "Private wishes are in a spreadsheet of their own."
  }
}

variable "guests" {
  description = "Outside production: the only addresses that are written to. Empty: everybody on the roster."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for it in var.guests : can(regex("^[^@\\s,:|]+@[^@\\s,:|]+$", it))])
    error_message = "Guests are addresses."
  }
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

  validation {
    condition     = var.token_key == null ? true : length(var.token_key) >= 24
    error_message = "At least 24 characters: openssl rand -hex 32 makes 64."
  }
}

variable "token_key_version" {
  description = "Raise it to replace the token key."
  type        = number
  default     = 1

  validation {
    condition     = var.token_key_version >= 1 && floor(var.token_key_version) == var.token_key_version
    error_message = "A whole number, counted up."
  }
}

variable "event_key" {
  description = "Secret for the ids of meetings, write-only. Never replaced while meetings are ahead: their ids are made with it."
  type        = string
  default     = null
  sensitive   = true

  validation {
    condition     = var.event_key == null ? true : length(var.event_key) >= 24
    error_message = "At least 24 characters: openssl rand -hex 32 makes 64."
  }
}

variable "event_key_version" {
  description = "Raise it to replace the event key."
  type        = number
  default     = 1

  validation {
    condition     = var.event_key_version >= 1 && floor(var.event_key_version) == var.event_key_version
    error_message = "A whole number, counted up."
  }
}

variable "log_key" {
  description = "Secret for the names that log lines have for keys, write-only. Replaced, older lines can't be traced any more."
  type        = string
  default     = null
  sensitive   = true

  validation {
    condition     = var.log_key == null ? true : length(var.log_key) >= 24
    error_message = "At least 24 characters: openssl rand -hex 32 makes 64."
  }
}

variable "log_key_version" {
  description = "Raise it to replace the log key."
  type        = number
  default     = 1

  validation {
    condition     = var.log_key_version >= 1 && floor(var.log_key_version) == var.log_key_version
    error_message = "A whole number, counted up."
  }
}

variable "setup_by" {
  description = "Who may run `peerpact init` and `peerpact doctor` for now, such as user:you@example.com. Empty: the account for that is disabled."
  type        = string
  default     = ""

  validation {
    condition     = var.setup_by == "" || can(regex("^(user|group|serviceAccount):[^@\\s]+@[^@\\s]+$", var.setup_by))
    error_message = "Who they are to Google: user:, group: or serviceAccount:, and the address."
  }
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

  validation {
    condition     = can(regex("^[^@\\s,:|]+@[^@\\s,:|]+$", var.alert_email))
    error_message = "One address."
  }
}

variable "billing_account" {
  description = "The billing account's id, for the budget."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-F]{6}(-[0-9A-F]{6}){2}$", var.billing_account))
    error_message = "A billing account's id is three times six characters, such as 01AB23-45CD67-89EF01."
  }
}

variable "monthly_budget" {
  description = "In whole units of the billing account's currency; a mail goes out at half, at all, and when all is forecast."
  type        = number
  default     = 20

  validation {
    condition     = var.monthly_budget >= 1 && floor(var.monthly_budget) == var.monthly_budget
    error_message = "A whole amount, at least 1."
  }
}
