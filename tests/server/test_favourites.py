"""Built-in presets are a person's favourites on every browser of theirs, and nobody else's."""

from tests.server.serving import Running

WHERE = "/api/presets/favourites"


def test_favourites_are_ones_own(running: Running):
    with running.client() as mine, running.client() as theirs:
        assert mine.get(WHERE).json() == []
        assert mine.put(f"{WHERE}/natural", json={"favourite": True}).json() == ["natural"]
        assert mine.put(f"{WHERE}/natural", json={"favourite": True}).json() == ["natural"]
        both = mine.put(f"{WHERE}/beauty", json={"favourite": True}).json()
        assert both == mine.get(WHERE).json() == ["beauty", "natural"]
        assert theirs.get(WHERE).json() == []
        assert mine.put(f"{WHERE}/natural", json={"favourite": False}).json() == ["beauty"]
        refused = mine.put(f"{WHERE}/nothing", json={"favourite": True})
        assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")
