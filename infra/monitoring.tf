# What is watched are the lines that the functions write (peerpact/serving.py): one a run, and hourly one a job with the
# hours since it last succeeded. An absence can be alerted on for 23.5 hours at most; hours in a line have no such limit,
# so that a weekly job is watched as an hourly one is.

resource "google_monitoring_notification_channel" "email" {
  display_name = "Peerpact"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.needed]
}

resource "google_logging_metric" "failed" {
  for_each = local.units

  name        = "peerpact/failed/${each.key}"
  description = "Runs of ${each.key} that failed; 503 only means that it goes on at the next try."
  filter      = <<-EOT
    resource.type="cloud_run_revision"
    resource.labels.service_name="${local.names[each.key]}"
    (jsonPayload.state="failed" OR (httpRequest.status>=400 AND httpRequest.status!=503))
  EOT

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }

  depends_on = [google_project_service.needed]
}

resource "google_monitoring_alert_policy" "failed" {
  for_each = local.units

  display_name          = "Peerpact: ${each.key} failed"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "A run of ${each.key} failed"

    condition_threshold {
      filter          = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.failed[each.key].name}\" AND resource.type=\"cloud_run_revision\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_SUM"
      }
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }

  documentation {
    content = "Runbook “a job failed” in infra/README.md. The function's log says why, in one sentence (field `why`). `peerpact doctor` checks what it needs."
  }
}

resource "google_logging_metric" "silent" {
  for_each = local.units

  name        = "peerpact/silent/${each.key}"
  description = "Heartbeats that say that ${each.key} has not succeeded for ${each.value.longest_silence_hours} hours."
  filter      = <<-EOT
    resource.type="cloud_run_revision"
    jsonPayload.state="heartbeat"
    jsonPayload.job="${each.key}"
    jsonPayload.hours_since_success>${each.value.longest_silence_hours}
  EOT

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }

  depends_on = [google_project_service.needed]
}

resource "google_monitoring_alert_policy" "silent" {
  for_each = local.units

  display_name          = "Peerpact: ${each.key} has not succeeded for ${each.value.longest_silence_hours} hours"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "${each.key} keeps silent"

    condition_threshold {
      filter          = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.silent[each.key].name}\" AND resource.type=\"cloud_run_revision\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "3600s"
        per_series_aligner = "ALIGN_SUM"
      }
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }

  documentation {
    content = "Runbook “a job has not succeeded for its hours” in infra/README.md. Look at the Scheduler job peerpact-${local.names[each.key]} (paused?) and at the function's log."
  }
}

# The heartbeats themselves come from check_roster, which runs hourly.
resource "google_logging_metric" "heartbeats" {
  name        = "peerpact/heartbeats"
  description = "Hourly lines about when each job last succeeded."
  filter      = <<-EOT
    resource.type="cloud_run_revision"
    jsonPayload.state="heartbeat"
  EOT

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }

  depends_on = [google_project_service.needed]
}

resource "google_monitoring_alert_policy" "no_heartbeat" {
  display_name          = "Peerpact: no heartbeat"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "check_roster has written no heartbeat for three hours"

    condition_absent {
      filter   = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.heartbeats.name}\" AND resource.type=\"cloud_run_revision\""
      duration = "10800s"

      aggregations {
        alignment_period     = "3600s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    content = "Runbook “no heartbeat” in infra/README.md. Without heartbeats nobody notices that another job keeps silent. Look at check-roster first."
  }
}

resource "google_logging_metric" "needs_a_person" {
  name        = "peerpact/needs_a_person"
  description = "Runs after which letters in the mailbox wait for a person."
  filter      = <<-EOT
    resource.type="cloud_run_revision"
    jsonPayload.state="done"
    jsonPayload.needs_a_person>0
  EOT

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }

  depends_on = [google_project_service.needed]
}

resource "google_monitoring_alert_policy" "needs_a_person" {
  display_name          = "Peerpact: letters wait for a person"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "Letters under the label for a person"

    condition_threshold {
      filter          = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.needs_a_person.name}\" AND resource.type=\"cloud_run_revision\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "3600s"
        per_series_aligner = "ALIGN_SUM"
      }
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }

  documentation {
    content = "Runbook “letters wait for a person” in infra/README.md. Open the mentoring mailbox and look at what carries the label for a person. Only the People team reads it."
  }
}

# Whoever signs as a delegate can be anybody in the domain: any caller but the jobs that may is an alarm, and so is any
# way of signing that they don't use.
resource "google_monitoring_alert_policy" "signed_by_another" {
  for_each = local.delegates

  display_name          = "Peerpact: somebody else acted as the delegate for ${each.key}"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "A token was made as the delegate, and not by a job that may"

    condition_matched_log {
      filter = <<-EOT
        protoPayload.serviceName="iamcredentials.googleapis.com"
        resource.labels.email_id="${google_service_account.acts_as_mailbox[each.key].email}"
        NOT (
          protoPayload.methodName=~"SignJwt$"
          protoPayload.authenticationInfo.principalEmail=(${join(" OR ", concat([for it in values(local.signs) : "\"${google_service_account.job[it.job].email}\"" if it.kind == each.key], ["\"nobody@else\""]))})
        )
      EOT
    }
  }

  alert_strategy {
    auto_close = "86400s"

    notification_rate_limit {
      period = "300s"
    }
  }

  documentation {
    content = "Runbook “somebody else acted as the delegate for one of the six” in infra/README.md: disable the account, then find out who it was. Whoever runs `peerpact init` or `peerpact doctor` is seen here too, under setup."
  }
}

# The ways round: a key for one of our accounts, other rights on it, or on all accounts by a role in the project, a token
# made for a job's account by anybody, and a secret read by anybody but the job that needs it.
resource "google_monitoring_alert_policy" "way_round" {
  for_each = {
    key         = { what = "made a key for an account", filter = local.way_round.key }
    rights      = { what = "changed who may use an account", filter = local.way_round.rights }
    project     = { what = "changed rights in the whole project", filter = local.way_round.project }
    impersonate = { what = "acted as a job's account", filter = local.way_round.impersonate }
    secret      = { what = "read a secret", filter = local.way_round.secret }
  }

  display_name          = "Peerpact: somebody ${each.value.what}"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "Somebody ${each.value.what}"

    condition_matched_log {
      filter = each.value.filter
    }
  }

  alert_strategy {
    auto_close = "86400s"

    notification_rate_limit {
      period = "300s"
    }
  }

  documentation {
    content = "Runbook “somebody ${each.value.what}” in infra/README.md. An apply of your own rings it too."
  }
}

locals {
  way_round = {
    key         = <<-EOT
      protoPayload.serviceName="iam.googleapis.com"
      protoPayload.methodName=~"(Create|Upload)ServiceAccountKey$"
    EOT
    rights      = <<-EOT
      protoPayload.serviceName="iam.googleapis.com"
      protoPayload.methodName=~"SetIAMPolicy$"
      resource.type="service_account"
    EOT
    project     = <<-EOT
      (protoPayload.serviceName="cloudresourcemanager.googleapis.com" AND protoPayload.methodName=~"(?i)SetIamPolicy$")
      OR (protoPayload.serviceName="iam.googleapis.com" AND protoPayload.methodName=~"(Create|Update|Undelete)Role$")
    EOT
    impersonate = <<-EOT
      protoPayload.serviceName="iamcredentials.googleapis.com"
      resource.labels.email_id=(${join(" OR ", [for it in google_service_account.job : "\"${it.email}\""])})
    EOT
    secret      = <<-EOT
      protoPayload.serviceName="secretmanager.googleapis.com"
      protoPayload.methodName=~"AccessSecretVersion$"
      NOT protoPayload.authenticationInfo.principalEmail=(${join(" OR ", [for it in google_service_account.job : "\"${it.email}\""])})
    EOT
  }
}
