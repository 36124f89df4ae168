"""The form base: CSRF by the app, Korean messages, values kept as typed."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation, ValidationError

from foundation.composing import composed
from foundation.reference.districts import DISTRICTS
from foundation.reference.occupations import suggest
from foundation.refusals import Refusal
from foundation.tones import Labelled

ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
LARGEST = 2_000_000_000
"""What a whole number may be at most; it fits the database and any wage."""


MOST_TYPED = 10_000
"""Longer text is refused by every field, so it is not worth composing: that costs quadratic time on odd marks."""


UNSEEN = "\u115f\u1160\u3164\uffa0"
"""Hangul fillers: letters by category, nothing to the eye."""
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


def clean(text: str | None) -> str:
    """NFC without outer spaces and without what cannot be seen: how every typed text enters the house."""
    if len(text or "") > MOST_TYPED:
        return (text or "")[: MOST_TYPED + 1]
    return (
        "".join(c for c in composed(text or "") if c in "\n\t" or not _is_unseen(c)).replace("\r", "").strip()
    )


def _is_unseen(character: str) -> bool:
    return character in UNSEEN or unicodedata.category(character) in ("Cc", "Cf")


def one_line(text: str | None) -> str:
    """The cleaned text in one line, so that nothing typed can break a header."""
    return re.sub(r"\s+", " ", clean(text))


def required(what: str) -> InputRequired:
    return InputRequired(message=what)


class Needed:
    """A value must be there once it has been read: a blank is none, whatever it is made of."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is None and not field.process_errors:
            raise StopValidation(self.sentence)


class Form(FlaskForm):
    """A form whose refusals from the domain land on the field they name."""

    class Meta(FlaskForm.Meta):
        """A file sent in place of a text is no value of these forms."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            wrapped = super().wrap_formdata(form, formdata)
            return request.form if isinstance(wrapped, CombinedMultiDict) else wrapped

    def take(self, refusal: Refusal) -> None:
        """Show a refusal at its field, or at the first field when it names none of this form."""
        name = refusal.field if refusal.field in self._fields else next(iter(self._fields))
        target = self._fields[name]
        target.errors = [*target.errors, refusal.sentence]

    def numbered(self, number: int) -> Self:
        """The same form with ids of its own, for a page that shows it several times."""
        for field in self:
            field.id = f"{field.id}-{number}"
        return self


class Text(StringField):
    """One line of text."""

    def __init__(self, label: str, *, needed: str = "", most: int = 200, **more: Any) -> None:
        first = DataRequired(message=needed) if needed else Optional()
        length = Length(max=most, message=f"{most}자까지 적을 수 있습니다.")
        super().__init__(label, validators=[first, length], filters=[one_line], **more)


class Email(Text):
    """One e-mail address."""

    def __init__(self, label: str, *, needed: str = "", **more: Any) -> None:
        super().__init__(label, needed=needed, most=254, **more)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not validation_stopped and not ADDRESS.fullmatch(self.data):
            raise ValidationError("이메일을 name@shop.kr처럼 적어 주세요.")


class LongText(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: str, *, needed: str = "", most: int = 2000, **more: Any) -> None:
        first = DataRequired(message=needed) if needed else Optional()
        length = Length(max=most, message=f"{most:,}자까지 적을 수 있습니다.")
        super().__init__(label, validators=[first, length], filters=[clean], **more)


class Number(IntegerField):
    """A whole number; commas, spaces and full-width digits are read as they are meant."""

    def __init__(self, label: str, *, needed: str = "", **more: Any) -> None:
        super().__init__(label, validators=[Needed(needed) if needed else Optional()], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        plain = [re.sub(r"[,，\s원]", "", one_line(value[:40])) for value in valuelist]
        if plain and plain[0]:
            self.data = None
            if not re.fullmatch(r"-?[0-9０-９]{1,10}", plain[0]):
                raise ValueError("숫자로 적어 주세요.")
            if abs(int(plain[0])) > LARGEST:
                raise ValueError(f"{LARGEST:,}보다 작은 수로 적어 주세요.")
            self.data = int(plain[0])


class Day(DateField):
    """A day typed as 2027-01-04; dots and spaces are understood too."""

    data: Any

    def __init__(self, label: str, *, needed: str = "", **more: Any) -> None:
        super().__init__(label, validators=[Needed(needed) if needed else Optional()], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        tidy = [re.sub(r"[.\s/]+", "-", one_line(value).rstrip(".")) for value in valuelist]
        if not any(tidy):
            return
        try:
            super().process_formdata(tidy)
        except ValueError as failure:
            raise ValueError("날짜를 2027-01-04처럼 적어 주세요.") from failure
        if self.data is not None and not FIRST_DAY <= self.data <= LAST_DAY:
            self.data = None
            raise ValueError("날짜를 2027-01-04처럼 적어 주세요.")


class _FromList:
    """What both kinds of choice share: the choices and the words for a value that is none of them."""

    def __init__(self, label: str, kind: Iterable[Labelled] | Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(label, choices=_choices(kind), **more)  # type: ignore[call-arg]

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValueError as failure:
            raise ValidationError("목록에서 골라 주세요.") from failure


class Choice(_FromList, SelectField):
    """One of the members of an enum, or of given pairs."""


class Choices(_FromList, SelectMultipleField):
    """Any of the members of an enum, or of given pairs, each once."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(list(dict.fromkeys(valuelist)))


class District(Choice):
    """One of Seoul's districts, or a place outside of it."""

    OUTSIDE = "outside"

    def __init__(self, label: str, **more: Any) -> None:
        inside = [(code, each.ko) for code, each in DISTRICTS.items()]
        super().__init__(label, [*inside, (self.OUTSIDE, "서울 밖")], **more)

    @property
    def code(self) -> str | None:
        """The district's code, None outside Seoul."""
        return None if self.data == self.OUTSIDE else self.data


class OccupationName(Text):
    """An occupation typed by its name and understood by the KECO list."""

    def __init__(self, label: str, *, needed: str = "", **more: Any) -> None:
        super().__init__(label, needed=needed, most=60, **more)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not validation_stopped and suggest(self.data) is None:
            raise ValidationError("목록에 있는 직종으로 적어 주세요. 예: 한식 조리사, 홀서빙, 요양보호사")

    @property
    def code(self) -> str:
        """The code of the occupation that was meant; only a validated field has one."""
        found = suggest(self.data)
        assert found is not None
        return found.code


class Words(Text):
    """Several words in one line, separated by commas, semicolons, slashes or middle dots."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words in their order, each once."""
        parts = (part.strip() for part in re.split(r"[,;/·]", self.data or ""))
        return tuple(dict.fromkeys(filter(None, parts)))


def _choices(kind: Iterable[Any]) -> list[SelectChoice]:
    return [
        SelectChoice(value=each.value, label=each.ko)
        if isinstance(each, Labelled)
        else SelectChoice(value=each[0], label=each[1])
        for each in kind
    ]
