"""Which names of companies mean the same one."""

import pytest

from pipeboard.domain.company_names import company_key, groups_of, host_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "ACME Inc."),
        ("Acme", "Acme, LLC"),
        ("Żabka Sp. z o.o.", "zabka"),
        ("Globex S.A.", "Globex SA"),
        ("The Initech Company", "Initech Co."),
        ("Müller GmbH & Co. KG", "Muller"),
        ("ООО Ромашка", "Ромашка"),
        ("Acme [/ EU]", "acme eu"),
        ("A. B. Foods Ltd", "AB Foods"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Acme", "Acme Labs"), ("Co", "Inc"), ("SA", "AG"), ("Acme 1", "Acme 2")])
def test_not_the_same(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


def test_hosts() -> None:
    assert host_key("https://WWW.acme.example/x?y") == host_key("acme.example") == "acme.example"
    assert host_key("not a site") == host_key("http://[") == host_key("") == ""


def test_whatever_shares_a_key_is_one_group() -> None:
    keys = [(1, ("acme", "a.example")), (2, ("globex", "")), (3, ("acme eu", "a.example")), (4, ("acme", ""))]
    assert groups_of(keys) == [(1, 3, 4)]
    assert groups_of([(1, ("",)), (2, ("",))]) == []
