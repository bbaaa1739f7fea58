# SPDX-License-Identifier: EUPL-1.2
"""Departments, users, actors and persons of Lindenfurt."""

from dataclasses import dataclass

from accounts.models import DepartmentKind
from actors.models import ActorKind

PASSWORD = "lindenfurt-vorfuehrung"  # noqa: S105 - the demo's password is public

DEPARTMENTS = [
    ("Dez. I", "Oberbürgermeisterin", DepartmentKind.DIVISION, None),
    ("01.3", "Stabsstelle Bildungsbüro", DepartmentKind.STAFF_UNIT, "Dez. I"),
    ("FB 12", "Statistik und Wahlen", DepartmentKind.DEPARTMENT, "Dez. I"),
    ("FB 20", "Finanzen", DepartmentKind.DEPARTMENT, "Dez. I"),
    ("Dez. III", "Bildung, Jugend, Soziales", DepartmentKind.DIVISION, None),
    ("FB 40", "Schule und Sport", DepartmentKind.DEPARTMENT, "Dez. III"),
    ("FB 41", "Kultur und Weiterbildung", DepartmentKind.DEPARTMENT, "Dez. III"),
    ("FB 50", "Soziales und Integration", DepartmentKind.DEPARTMENT, "Dez. III"),
    ("FB 51", "Jugend und Familie", DepartmentKind.DEPARTMENT, "Dez. III"),
    ("FB 53", "Gesundheit", DepartmentKind.DEPARTMENT, "Dez. III"),
]


@dataclass(frozen=True)
class Account:
    """A user of the town; ``role`` is the line under which the demo lists the login."""

    key: str
    name: str
    role: str = ""
    office: str = ""
    heads: str = ""
    staffs: str = ""
    keeps: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@lindenfurt.example"


USERS = [
    Account("mareike.thoelke", "Mareike Thölke", "Koordination", office="coordination"),
    Account("jonas.arndt", "Jonas Arndt", "Bildungsmonitoring", office="monitoring"),
    Account("petra.wellmann", "Dr. Petra Wellmann", "Leitung FB 40", heads="FB 40"),
    Account("oskar.lindig", "Oskar Lindig", staffs="FB 40"),
    Account("tarek.haddad", "Tarek Haddad", "Leitung FB 51", heads="FB 51"),
    Account("jule.sander", "Jule Sander", "Mitarbeit FB 51", staffs="FB 51"),
    Account("ines.brockhoff", "Ines Brockhoff", "Leitung FB 41", heads="FB 41"),
    Account("samira.yildiz-krueger", "Samira Yıldız-Krüger", "Leitung FB 50", heads="FB 50"),
    Account("henning.voss", "Henning Voss", "Vertretung FB 50", staffs="FB 50"),
    Account("gerd.amelung", "Gerd Amelung", heads="FB 12"),
    Account("carla.nitsche", "Carla Nitsche", heads="FB 20"),
    Account("miriam.falk", "Dr. Miriam Falk", heads="FB 53"),
    Account("uwe.pohlmann", "Uwe Pohlmann", "Sitzungsdienst", keeps=True),
    Account("anke.ruehl", "Anke Rühl", "Mitglied Jugendhilfeausschuss"),
    Account("bernd.osterkamp", "Bernd Osterkamp", "Mitglied Ausschuss für Schule und Bildung"),
    Account("lena.fock", "Lena Fock", "Datenschutz und Revision", office="data-protection"),
    Account("anna.reimers", "Anna Reimers", "Dezernat III, über den Fachbereichen"),
    Account("it.admin", "IT-Administration", "Verwaltung (Technik)", office="administration"),
]

FIELDS = ["Frühe Bildung und Sprache", "Schule und Ganztag", "Übergang Schule–Beruf", "Weiterbildung", "Teilhabe"]

# name, short name, kind, part of, field
ACTORS = [
    ("Stadt Lindenfurt", "Stadt", ActorKind.ADMINISTRATION, None, None),
    ("Staatliches Schulamt Auenregion", "Schulamt", ActorKind.STATE, None, "Schule und Ganztag"),
    ("Grundschulverbund Lindenfurt", "", ActorKind.SCHOOL, None, "Schule und Ganztag"),
    ("Gesamtschule Hafenviertel", "", ActorKind.SCHOOL, None, "Übergang Schule–Beruf"),
    ("Berufskolleg Nordhang", "", ActorKind.SCHOOL, None, "Übergang Schule–Beruf"),
    ("Kita-Verbund Linde gGmbH", "Kita-Verbund", ActorKind.PROVIDER, None, "Frühe Bildung und Sprache"),
    ("Kita Lindenblüte", "", ActorKind.PROVIDER, "Kita-Verbund Linde gGmbH", "Frühe Bildung und Sprache"),
    ("Kita Hafenkinder", "", ActorKind.PROVIDER, "Kita-Verbund Linde gGmbH", "Frühe Bildung und Sprache"),
    ("Caritas-/Diakonie-Arbeitsgemeinschaft Lindenfurt", "", ActorKind.WELFARE, None, "Schule und Ganztag"),
    ("Volkshochschule Lindenfurt", "VHS", ActorKind.MUNICIPAL_INSTITUTION, "Stadt Lindenfurt", "Weiterbildung"),
    ("Agentur für Arbeit Auenregion", "", ActorKind.FEDERAL, None, "Übergang Schule–Beruf"),
    ("Jobcenter Lindenfurt", "", ActorKind.FEDERAL, None, "Übergang Schule–Beruf"),
    ("IHK Mittelauen, Außenstelle", "IHK", ActorKind.CHAMBER, None, "Übergang Schule–Beruf"),
    ("Bürgerstiftung Lindenfurt", "", ActorKind.FOUNDATION, None, "Teilhabe"),
    ("Stadtelternrat", "", ActorKind.REPRESENTATION, None, "Teilhabe"),
]

# given name, family name, actor, function, account, legal basis
PERSONS = [
    ("Anke", "Rühl", None, "Stadträtin", "anke.ruehl", "task"),
    ("Bernd", "Osterkamp", None, "Stadtrat", "bernd.osterkamp", "task"),
    ("Sibylle", "Wegener", "Staatliches Schulamt Auenregion", "Schulrätin", None, "task"),
    ("Hanna", "Lorenz", "Grundschulverbund Lindenfurt", "Sprecherin", None, "task"),
    ("Ralf", "Timm", "Gesamtschule Hafenviertel", "Schulleitung", None, "task"),
    ("Doris", "Kühnel", "Berufskolleg Nordhang", "Schulleitung", None, "task"),
    ("Elif", "Aksoy", "Kita-Verbund Linde gGmbH", "Geschäftsführung", None, "task"),
    ("Stefan", "Brandt", "Caritas-/Diakonie-Arbeitsgemeinschaft Lindenfurt", "Sprecher", None, "task"),
    ("Nora", "Seidel", "Volkshochschule Lindenfurt", "Leitung", None, "task"),
    ("Thomas", "Reinke", "Agentur für Arbeit Auenregion", "Teamleitung Berufsberatung", None, "task"),
    ("Katja", "Möller", "Jobcenter Lindenfurt", "Bereichsleitung", None, "task"),
    ("Frank", "Hoyer", "IHK Mittelauen, Außenstelle", "Referent Ausbildung", None, "consent"),
    ("Gisela", "Prang", "Bürgerstiftung Lindenfurt", "Vorstand", None, "consent"),
    ("Mehmet", "Demir", "Stadtelternrat", "Vorsitz", None, "withdrawn"),
    ("Rolf", "Ehlers", None, "früheres Mitglied", None, "task"),
]
