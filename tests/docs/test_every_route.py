"""The table of roles names every address: a new one is refused here, before anything slow runs."""

from routes import matrix, routes


class TestTheMatrix:
    def test_names_every_route_and_no_other(self):
        assert {name for name, _ in routes()} == set(matrix())

    def test_tells_the_addresses_as_they_are(self):
        told = {name: route["address"] for name, route in matrix().items()}

        assert all(told[name].endswith(str(pattern.pattern)) for name, pattern in routes())
