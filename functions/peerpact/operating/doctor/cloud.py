"""Whether the lease bucket can be written to, and whether the Scheduler's calls reach the jobs."""

from __future__ import annotations

from datetime import timedelta

from peerpact.errors import GoogleError
from peerpact.google.leases import Leases
from peerpact.jobs.catalogue import units
from peerpact.operating.doctor.findings import Ailment, Check, Examination, NotLookedAt, said


def _lease(it: Examination) -> str:
    if not it.config.lease_bucket:
        raise NotLookedAt("none configured: right on a laptop, wrong in the cloud (PEERPACT_LEASE_BUCKET).")
    leases = it.owner.leases
    assert leases is not None
    try:
        lease = leases.take("doctor", "doctor", now=it.clock(), length=timedelta(minutes=1))
        if lease:
            leases.give_back(lease)
    except GoogleError as error:
        raise Ailment(
            f"The bucket {it.config.lease_bucket} can't be written to: {said(error)} Check "
            "PEERPACT_LEASE_BUCKET; the account that runs this needs the role Storage Object User on it."
        ) from error
    return "writable."


def _runs(it: Examination) -> str:
    """See from when each job last succeeded whether the Scheduler reaches it: on its own address, from inside."""
    leases = it.owner.leases
    if leases is None:
        raise NotLookedAt("without a lease bucket nobody writes down when a job succeeded.")
    all_jobs = units(place.unit for place in it.config.mailboxes)
    late = [name for name, job in all_jobs.items() if _is_late(it, leases, name, job.longest_silence)]
    if late:
        raise Ailment(
            f"{', '.join(late)}: no run succeeded for longer than the schedule allows, or none ever did. Start each: "
            "“gcloud scheduler jobs run peerpact-JOB --location REGION” (hyphens in its name), wait a minute, and "
            "look at its last result in the console (Cloud Scheduler). 404: it does not count as internal; set "
            "ingress_settings to ALLOW_ALL in infra/functions.tf, as only the Scheduler's account may call even "
            "then, and tell Peerpact's makers. 403: its account lacks run.invoker; apply Terraform again. "
            "Otherwise the function's log says why (field “why”)."
        )
    return f"all {len(all_jobs)} jobs succeeded within their periods: the Scheduler reaches them."


def _is_late(it: Examination, leases: Leases, job: str, most: timedelta) -> bool:
    last = leases.last_success(job)
    return last is None or it.clock() - last > most


CHECKS: dict[str, Check] = {"lease bucket": _lease, "runs": _runs}
