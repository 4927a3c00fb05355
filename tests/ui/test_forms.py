from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client
from lxml import html

from undersigned.acts.refusals import Unfit
from undersigned.ui.forms import ConfirmForm, DayField, PlainForm


class Leave(PlainForm):
    ends_on = DayField(label="Ends on", help_text="For example 30 6 2027.")
    why = forms.CharField(label="Why", required=False)


def _drawn(form: forms.Form) -> html.HtmlElement:
    template = Template("{% load ui %}<div>{% error_summary form %}{% form_fields form %}</div>")
    return html.fromstring(template.render(Context({"form": form})))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ({"ends_on_day": "3", "ends_on_month": "4", "ends_on_year": "2027"}, dt.date(2027, 4, 3)),
        ({"ends_on_day": " 03 ", "ends_on_month": "04", "ends_on_year": "2027"}, dt.date(2027, 4, 3)),
        ({"ends_on": "2027-04-03"}, dt.date(2027, 4, 3)),
    ],
)
def test_a_day_typed_in_three_boxes_is_a_day(typed: dict[str, str], day: dt.date) -> None:
    form = Leave(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["ends_on"] == day


@pytest.mark.parametrize(
    ("day", "month", "year"), [("31", "2", "2027"), ("x", "2", "2027"), ("1", "", "2027")]
)
def test_a_day_that_does_not_exist_is_refused_with_an_example_and_kept_as_typed(
    day: str, month: str, year: str
) -> None:
    form = Leave({"ends_on_day": day, "ends_on_month": month, "ends_on_year": year})
    page = _drawn(form)
    assert form.errors["ends_on"] == ["Give a day that exists, in figures, for example 27 3 2026."]
    assert page.xpath("//input[starts-with(@name, 'ends_on')]/@value") == [
        one for one in (day, month, year) if one
    ]


def test_what_is_missing_is_asked_for_in_words_that_name_it() -> None:
    form = Leave({})
    assert form.errors["ends_on"] == ["Fill in: Ends on"]


def test_an_error_stands_in_the_summary_and_beside_its_field_and_leads_there() -> None:
    page = _drawn(Leave({}))
    [link] = page.xpath("//div[@role='alert']//a")
    assert link.text == "Fill in: Ends on"
    assert page.xpath(f"//input[@id='{link.get('href')[1:]}']/@name") == ["ends_on_day"]
    assert "Fill in: Ends on" in page.xpath("//p[@id='id_ends_on-error']")[0].text_content()


def test_hint_and_error_are_read_out_with_the_field() -> None:
    page = _drawn(Leave({}))
    assert page.xpath("//fieldset/@aria-describedby") == ["id_ends_on-hint id_ends_on-error"]
    assert page.xpath("//*[@id='id_ends_on-hint']/text()") == ["For example 30 6 2027."]
    assert set(page.xpath("//input[starts-with(@name, 'ends_on')]/@aria-invalid")) == {"true"}


def test_fields_that_may_be_left_empty_say_so() -> None:
    assert "(optional)" in _drawn(Leave()).xpath("//label[@for='id_why']")[0].text_content()


def test_a_refusal_of_the_act_stands_beside_the_field_that_it_names() -> None:
    form = Leave({"ends_on": "2027-04-03"})
    assert form.is_valid()
    form.refuse(
        Unfit("That day is past the end of the appointment.", rule="grant_ends_in_time", field="ends_on")
    )
    assert form.errors["ends_on"] == ["That day is past the end of the appointment."]


def test_a_refusal_that_names_no_field_of_the_form_stands_at_its_head() -> None:
    form = Leave({"ends_on": "2027-04-03"})
    form.refuse(Unfit("Nothing is left to end.", rule="state", field="elsewhere"))
    page = _drawn(form)
    assert page.xpath("//div[@role='alert']//li/text()") == ["Nothing is left to end."]


@pytest.mark.parametrize("typed", ["37", " 37 "])
def test_the_number_typed_as_asked_confirms(typed: str) -> None:
    assert ConfirmForm({"typed": typed}, expected="37", label="Number").is_valid()


def test_a_grouped_number_and_a_name_in_other_letters_confirm_too() -> None:
    assert ConfirmForm({"typed": "1204"}, expected="1,204", label="Number").is_valid()
    assert ConfirmForm({"typed": "the esplanade"}, expected="The Esplanade", label="Name").is_valid()


def test_another_number_is_refused_and_says_what_was_typed() -> None:
    form = ConfirmForm({"typed": "38"}, expected="37", label="Number")
    assert form.errors["typed"] == ["You typed 38. Type 37 to go on; nothing was changed."]


def test_the_title_of_a_page_with_errors_says_so_first(mara: Client) -> None:
    page = html.fromstring(mara.post("/showcase/form/").text)
    assert " ".join(page.xpath("//title/text()")[0].split()) == "Error: Grant – Harrow Falls"


def test_every_control_has_a_label_and_every_group_a_legend(mara: Client) -> None:
    page = html.fromstring(mara.get("/showcase/form/").text).xpath("//main//form")[0]
    labelled = set(page.xpath(".//label/@for"))
    assert set(page.xpath(".//input[not(@type='hidden')]/@id | .//select/@id | .//textarea/@id")) <= labelled
    assert all(fieldset.xpath("./legend") for fieldset in page.xpath(".//fieldset"))
