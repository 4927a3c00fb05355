from django.urls import path

from undersigned.public import views, well_known

app_name = "public"
urlpatterns = [
    path("public/", views.home, name="home"),
    path("public/verify/", views.verify, name="verify"),
    path("public/accounts/<str:reference>/", views.account, name="account"),
    path("public/report/", views.report, name="report"),
    path("public/report/thanks/", views.reported, name="reported"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
]
