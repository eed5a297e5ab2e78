"""Generated files in every mix of writings are read exactly or refused: there is no silent difference."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.transfer.generated import Written, csv_files, json_files, packed, sheet_files

from pipeboard.domain.errors import InvalidInput
from pipeboard.services.transfer.planning import ImportPlan

Planner = Callable[..., ImportPlan]
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def check(plan: Planner, file: Written) -> None:
    """Every deal is as it was written, or its file or row is refused with its true line."""
    read = plan(file.content)
    if read.doubts and len(file.orders) == 1:
        read = plan(file.content, date_order=next(iter(file.orders)))
    if read.doubts:
        return
    rejected = {one.line for one in read.rejected}
    expected = [
        (line, " ".join(d.title.split()), d.value, file.currency, d.started_on, d.close_on, d.probability)
        for line, d in file.deals
        if line not in rejected
    ]
    assert [
        (d.line, d.title, d.value_minor, d.currency, d.started_on, d.expected_close_on, d.probability)
        for d in read.deals
    ] == expected
    assert rejected <= {line for line, _ in file.deals}
    assert [tuple(one) for one in read.skipped] == file.skipped
    assert read.rows == len(file.deals)
    if not file.is_whole:
        assert not read.rejected


@settings(max_examples=350, deadline=None, suppress_health_check=QUIET)
@given(csv_files())
def test_text_is_read_exactly_or_refused(plan: Planner, file: Written) -> None:
    check(plan, file)


@settings(max_examples=350, deadline=None, suppress_health_check=QUIET)
@given(sheet_files())
def test_workbooks_are_read_exactly_or_refused(plan: Planner, file: Written) -> None:
    check(plan, file)


@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(json_files())
def test_json_is_read_exactly_or_refused(plan: Planner, file: Written) -> None:
    check(plan, file)


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
@given(st.one_of(csv_files(), json_files(), sheet_files()).map(packed))
def test_packed_files_are_read_exactly_or_refused(plan: Planner, file: Written) -> None:
    check(plan, file)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_a_plan_or_a_sentence(plan: Planner, content: bytes) -> None:
    try:
        read = plan(b"Deal name,Stage,Amount\n" + content)
    except InvalidInput as error:
        said = str(error)
    else:
        assert read.rows == len(read.deals) + len(read.rejected)
        return
    assert said.endswith((".", "?"))
    assert "\0" not in said
