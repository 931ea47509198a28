"""What is counted at the borders of pieces."""

from notegrain_training.material import Text
from notegrain_training.stage_habits import borders, sixteenths


def text(count: int, spans) -> Text:
    return Text("test", [""] * count, ["x"] * count, [0], spans, None)


def test_each_border_is_counted_once() -> None:
    found = list(borders(text(5, [(0, 3, "Sign_symptom"), (1, 2, "Severity"), (3, 4, "Medication")])))
    assert found == [
        (0, [], ["Sign_symptom"]),
        (1, [("Sign_symptom", 1, False)], ["Severity"]),
        (2, [("Severity", 1, True), ("Sign_symptom", 2, False)], []),
        (3, [("Sign_symptom", 3, True)], ["Medication"]),
        (4, [("Medication", 1, True)], []),
    ]


def test_the_outer_tag_opens_first_and_waits_for_the_inner() -> None:
    found = list(borders(text(3, [(0, 1, "Age"), (0, 2, "History")])))
    assert found[0] == (0, [], ["History", "Age"])
    assert found[1] == (1, [("Age", 1, True), ("History", 1, False)], [])


def test_log_odds_fit_a_signed_byte() -> None:
    assert sixteenths(0, 0) == 0
    assert sixteenths(3, 1) == round(16 * 0.6931)
    assert sixteenths(10**9, 0) == 127
    assert sixteenths(0, 10**9) == -127
