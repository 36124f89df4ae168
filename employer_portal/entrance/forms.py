"""Forms of the door."""

from wtforms import PasswordField

from employer_portal.web.forms import Form, Text, required


class SignInForm(Form):
    """E-mail, password and, where demanded, the six digits of the authenticator."""

    email = Text("이메일", needed="이메일을 입력해 주세요.", most=254)
    password = PasswordField("비밀번호", validators=[required("비밀번호를 입력해 주세요.")])
    code = Text("인증 앱 숫자 6자리", most=12)
