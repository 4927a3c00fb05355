from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone
from lxml import html

from undersigned.acts.refusals import NotPermitted
from undersigned.ui import bars, icons
from undersigned.ui.components import Bar, Change, DutyRow, Fact, Progress, Standing, TimelineAct

WORKS, WAITS, WRONG, ASLEEP = Standing


def _drawn(source: str, **context: object) -> html.HtmlElement:
    return html.fromstring(Template("{% load ui %}<div>" + source + "</div>").render(Context(context)))


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("which", list(Standing))
def test_a_standing_is_a_word_and_a_shape_of_its_own(which: Standing) -> None:
    element = _drawn("{% standing which %}", which=which)
    assert _words(element) == str(which.label)
    [shape] = element.xpath("//svg/path/@d")
    others = [str(icons.draw(other)) for other in Standing if other is not which]
    assert not any(shape in other for other in others)


def test_a_standing_may_have_a_word_of_its_own() -> None:
    assert _words(_drawn("{% standing 'wrong' 'No steward' %}")) == "No steward"


def test_a_standing_that_does_not_exist_fails_loudly() -> None:
    with pytest.raises(ValueError, match="greenish"):
        _drawn("{% standing 'greenish' %}")


def test_a_fact_without_value_says_that_it_is_not_known() -> None:
    assert _words(_drawn("{% facts facts %}", facts=[Fact("Deputy")])) == "Deputy Not known"


def test_a_fact_says_who_said_so_and_when() -> None:
    fact = Fact("Steward", "Mara Lindqvist", "head of communications", dt.date(2026, 3, 12))
    words = _words(_drawn("{% facts facts %}", facts=[fact]))
    assert words == "Steward Mara Lindqvist head of communications, 12 March 2026"


def test_what_people_wrote_is_never_taken_for_markup() -> None:
    element = _drawn("{% facts facts %}", facts=[Fact("Handle", "<script>alert(1)</script>", "<b>")])
    assert element.xpath("//script | //b") == []


def test_the_timeline_names_who_acted_in_what_capacity_and_who_countersigned() -> None:
    act = TimelineAct(
        timezone.now(),
        "Approved",
        "Ingrid Solberg",
        "head of communications",
        "Tomas Achebe",
        digest="ab" * 32,
    )
    words = _words(_drawn("{% timeline acts %}", acts=[act]))
    assert "Ingrid Solberg, head of communications · countersigned by Tomas Achebe" in words
    assert "abababab" in words


def test_a_duty_that_is_late_says_by_how_much_and_has_one_button_with_a_name_of_its_own() -> None:
    late = DutyRow("Name a steward", "Arena", "/a", timezone.localdate() - dt.timedelta(days=3), "Name", "/n")
    element = _drawn("{% duties rows %}", rows=[late])
    assert "3 days late" in _words(element)
    [button] = element.xpath("//a[@href='/n']")
    assert _words(button) == "Name: Name a steward Arena"


def test_a_duty_done_in_place_is_a_form_with_its_own_number() -> None:
    element = _drawn("{% duties rows %}", rows=[DutyRow("Read the policy", post_url="/p")], csrf_token="t")
    assert element.xpath("//form/@action") == ["/p"]
    assert element.xpath("//form/input/@name") == ["csrfmiddlewaretoken", "act_id"]


def test_a_refused_act_is_shown_with_the_people_who_could_help() -> None:
    refused = NotPermitted("You cannot.", rule="steward", helps=("head",), do="Ask.")
    words = _words(_drawn("{% refusal refused people %}", refused=refused, people=["Ingrid Solberg, head"]))
    assert words == (
        "You cannot. What you can do Ask. Who can help Ingrid Solberg, head "
        "What was kept Nothing was changed. Rule steward"
    )


def test_a_difference_says_in_words_what_was_added_and_removed() -> None:
    element = _drawn("{% text_difference 'on Monday' 'on Tuesday' %}")
    assert _words(element.xpath("//del")[0]) == "removed: Monday"
    assert _words(element.xpath("//ins")[0]) == "added: Tuesday"


def test_a_field_that_was_or_will_be_empty_says_nothing_in_words() -> None:
    assert _words(_drawn("{% changes rows %}", rows=[Change("Deputy", "", "Joon")])).endswith(
        "Deputy nothing Joon"
    )


def _progress(**changed: object) -> Progress:
    values: dict[str, object] = {
        "what": "Reading",
        "done": 500,
        "total": 2000,
        "started_at": timezone.now() - dt.timedelta(seconds=100),
        "poll_url": "/poll",
    }
    return Progress(**{**values, **changed})


def test_progress_says_how_far_how_fast_and_how_long_still() -> None:
    words = _words(_drawn("{% progress state %}", state=_progress()))
    assert "500 of 2,000 · 5 a second · about 5 minutes left" in words
    assert "You may leave this page" in words


def test_progress_asks_again_by_script_and_without_it_until_it_is_done() -> None:
    running = _drawn("{% progress state %}{% progress_refresh state %}", state=_progress())
    assert running.xpath("//@hx-get") == ["/poll"]
    assert running.xpath("//noscript/meta/@http-equiv") == ["refresh"]
    done = _drawn("{% progress state %}{% progress_refresh state %}", state=_progress(finished=True))
    assert done.xpath("//@hx-get | //noscript") == []


def test_progress_that_has_hardly_begun_promises_nothing() -> None:
    assert _progress(done=0).left_in_words == ""
    assert _progress(total=0, done=0).percent == 0


def test_bars_share_one_scale_and_never_leave_the_picture() -> None:
    picture = bars.draw([Bar("A", [(WORKS, 3), (WRONG, 1)]), Bar("B", [(WORKS, 2), (WRONG, 0)])])
    assert [(piece.x, piece.width) for piece in picture.rows[0].pieces] == [
        ("0.000", "75.000"),
        ("75.000", "25.000"),
    ]
    assert [piece.width for piece in picture.rows[1].pieces] == ["50.000"]
    assert picture.standings == [WORKS, WRONG]


def test_a_picture_of_nothing_is_empty_and_does_not_divide_by_it() -> None:
    assert bars.draw([Bar("A", [(WAITS, 0)])]).rows[0].pieces == []


def test_the_numbers_of_a_picture_stand_in_a_table_too() -> None:
    element = _drawn(
        "{% bar_picture bars 'By unit' 'Unit' %}", bars=[Bar("Fire", [(WORKS, 3), (ASLEEP, 1204)])]
    )
    assert [_words(cell) for cell in element.xpath("//tbody/tr/*")] == ["Fire", "3", "1,204", "1,207"]


def test_a_digest_is_short_and_whole_on_demand() -> None:
    element = _drawn("{% digest value %}", value="0123456789abcdef" * 4)
    assert _words(element.xpath("//summary")[0]) == "Whole digest 01234567"
    assert element.xpath("//code/text()") == ["0123456789abcdef" * 4]
    assert element.xpath("//@data-copy") == ["0123456789abcdef" * 4]


def test_a_moment_has_its_exact_time_for_hover_and_focus_and_in_tables_for_hover_alone() -> None:
    at = dt.datetime(2026, 3, 12, 15, 30, 12, tzinfo=dt.UTC)
    [time] = _drawn("{% moment at %}", at=at).xpath("//time")
    assert (time.text, time.get("title"), time.get("tabindex")) == (
        "12 March 2026, 09:30",
        "Thursday 12 March 2026, 09:30:12 MDT",
        "0",
    )
    assert _drawn("{% day at quiet=True %}", at=at).xpath("//time/@tabindex") == []


def test_a_date_that_is_not_there_leaves_nothing_behind() -> None:
    assert _words(_drawn("{% day at %}{% moment at %}", at=None)) == ""
