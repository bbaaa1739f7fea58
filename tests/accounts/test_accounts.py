# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.flows import delegate, end_delegation
from accounts.models import Delegation, Department, User
from accounts.roles import holds
from activity.models import Event
from core.errors import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_people_log_in_with_e_mail_and_password(client, make_user):
    user = make_user()
    data = {"login": user.email.upper(), "password": "lang genug zum Testen"}
    assert client.post(reverse("account_login"), data).status_code == 302
    assert client.get(reverse("accounts:settings")).status_code == 200


def test_nobody_signs_up(client):
    client.post(
        reverse("account_signup"), {"email": "neu@lindenfurt.example", "password1": "x" * 20, "password2": "x" * 20}
    )
    assert not User.objects.exists()


def test_syncing_roles_twice_changes_nothing(make_department, head):
    from accounts.models import DepartmentGroupObjectPermission

    before = set(DepartmentGroupObjectPermission.objects.values_list("pk", flat=True))
    call_command("sync_roles")
    assert set(DepartmentGroupObjectPermission.objects.values_list("pk", flat=True)) == before


def test_a_right_that_the_tables_do_not_list_goes_and_one_that_is_missing_comes_back(make_department, make_user, lead):
    from django.contrib.auth.models import Group
    from guardian.shortcuts import assign_perm, remove_perm

    other, clerk = make_department("FB 40"), make_user(staffs=[lead])
    staff = Group.objects.get(name=f"department-{lead.pk}-staff")
    assign_perm("accounts.change_department", staff, lead)
    remove_perm("accounts.prepare_for_department", staff, lead)
    assert not Department.objects.staffed_by(clerk).exists()
    call_command("sync_roles")
    assert list(Department.objects.staffed_by(clerk)) == [lead]
    assert not staff.departmentgroupobjectpermission_set.filter(permission__codename="change_department").exists()
    assert Group.objects.filter(name=f"department-{other.pk}-staff").exists()


def test_syncing_roles_costs_the_same_few_queries_however_many_departments_there_are(
    make_department, django_assert_max_num_queries
):
    for number in range(12):
        make_department(f"FB {number}")
    with django_assert_max_num_queries(7):
        call_command("sync_roles")


def test_a_superuser_holds_no_role_and_heads_nothing(make_user, lead):
    root = make_user("Root", is_superuser=True)
    assert not holds(root, "coordination")
    assert not Department.objects.headed_by(root).exists()
    assert not Department.objects.of(root).exists()


def test_a_switched_off_head_heads_nothing(head, lead):
    assert lead in Department.objects.headed_by(head)
    head.is_active = False
    assert lead not in Department.objects.headed_by(head)


def test_only_the_head_sets_a_deputy_and_a_deputy_cannot_pass_it_on(head, lead, office, make_user):
    deputy, third = make_user("Voss", staffs=[lead]), make_user("Dritter", staffs=[lead])
    days = {"valid_from": TODAY, "valid_until": TODAY + timedelta(days=3)}
    delegate(lead, by=head, deputy=deputy, **days)
    assert lead in Department.objects.decided_by(deputy)
    for user in (office, deputy, make_user("Root", is_superuser=True)):
        with pytest.raises(NotAllowed):
            delegate(lead, by=user, deputy=third, **days)


def test_a_deputyship_holds_from_day_to_day_and_ends_at_once(head, lead, make_user):
    deputy = make_user("Voss", staffs=[lead])
    delegation = delegate(lead, by=head, deputy=deputy, valid_from=TODAY - timedelta(days=1), valid_until=TODAY)
    assert lead in Department.objects.decided_by(deputy)
    assert lead not in Department.objects.decided_by(deputy, at=timezone.now() + timedelta(days=1))
    end_delegation(delegation, by=head)
    assert lead not in Department.objects.decided_by(deputy)


def test_the_deputy_form_offers_only_the_own_department(client, head, lead, make_department, make_user):
    other = make_department("FB 40", "Schule")
    deputy = make_user("Voss", staffs=[lead])
    client.force_login(head)
    data = {"department": other.pk, "deputy": deputy.pk, "position": 1, "valid_from": TODAY, "valid_until": TODAY}
    assert client.post(reverse("accounts:delegation_create"), data).status_code == 422
    assert client.post(reverse("accounts:delegation_create"), {**data, "department": lead.pk}).status_code == 302
    assert Delegation.objects.get().set_by == head


def test_only_the_administration_keeps_accounts_and_grants_are_logged(client, office, head, make_user, lead):
    from django.contrib.auth.models import Group

    group = Group.objects.get(name=f"department-{lead.pk}-staff")
    data = {"name": "Neu", "email": "neu@lindenfurt.example", "is_active": "on", "groups": [group.pk]}
    for user in (office, head, make_user("Root", is_superuser=True)):
        client.force_login(user)
        assert client.post(reverse("accounts:user_create"), data).status_code == 403
    administrator = make_user("IT", office=["administration"])
    client.force_login(administrator)
    assert client.post(reverse("accounts:user_create"), data).status_code == 302
    user = User.objects.get(email="neu@lindenfurt.example")
    assert lead in Department.objects.staffed_by(user)
    assert not user.has_usable_password()
    assert group.name in Event.objects.about(user).get(kind="user.created").data["roles"]


def test_an_account_form_cannot_make_a_superuser(client, make_user):
    client.force_login(make_user("IT", office=["administration"]))
    data = {"name": "Neu", "email": "neu@lindenfurt.example", "is_superuser": "true", "is_staff": "on"}
    client.post(reverse("accounts:user_create"), data)
    user = User.objects.get(email="neu@lindenfurt.example")
    assert not user.is_superuser
    assert not user.is_staff


def test_a_new_department_comes_with_its_roles(client, make_user):
    from django.contrib.auth.models import Group

    client.force_login(make_user("IT", office=["administration"]))
    client.post(reverse("accounts:department_create"), {"code": "FB 99", "name": "Neu", "kind": "department"})
    department = Department.objects.get(code="FB 99")
    assert Group.objects.filter(name=f"department-{department.pk}-staff").exists()


def test_a_right_held_alone_counts_as_one_held_in_a_group_and_one_on_nothing_in_particular_does_not(make_user, lead):
    from django.contrib.auth.models import Permission
    from guardian.shortcuts import assign_perm

    alone, everywhere = make_user("Allein"), make_user("Überall")
    assign_perm("accounts.prepare_for_department", alone, lead)
    everywhere.user_permissions.add(Permission.objects.get(codename="prepare_for_department"))
    assert list(Department.objects.staffed_by(alone)) == list(Department.objects.of(alone)) == [lead]
    assert not Department.objects.headed_by(alone).exists()
    assert not Department.objects.of(everywhere).exists()


def test_to_which_departments_somebody_belongs_is_asked_without_questions_within_questions(make_user):
    # it is part of nearly every question of the house: rights held alone and in groups; grants and deputyships, each
    # with the roles that exclude them; the grant that a deputyship rests on, and its roles
    assert str(Department.objects.of(make_user()).query).count("SELECT") == 9


def test_a_deputyship_holds_from_its_first_day_to_its_last(whole_house, travel):
    deputy, holds_on = whole_house.people["deputy"], []
    for days in (-2, -1, 0, 1, 2):  # set from yesterday until tomorrow
        travel(days)
        if whole_house.a in Department.objects.decided_by(deputy):
            holds_on.append(days)
    assert holds_on == [-1, 0, 1]
