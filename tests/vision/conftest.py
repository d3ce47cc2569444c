"""A free photograph (NASA's, in scikit-image) for tests that need a face and no portraits."""

import numpy as np
import pytest
from skimage import data


@pytest.fixture(scope="session")
def astronaut():
    return np.ascontiguousarray(data.astronaut())
