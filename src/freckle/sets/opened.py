"""Open what a job is about."""

from freckle.api.photos import OpenedPhoto
from freckle.codec import load_bytes
from freckle.codec.arrays import form_of
from freckle.jobs.job import Job
from freckle.jobs.kinds import Context


def opened(job: Job, context: Context) -> OpenedPhoto:
    """Return the job's photo. Raises `Refusal`."""
    data = job.inputs[0].read()
    content = load_bytes(data)
    context.size(content.width * content.height / 1e6)
    context.progress(0.2)
    return OpenedPhoto(content, form_of(content), data=data)
