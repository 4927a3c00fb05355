"""What cities call the columns of their lists, in English and French, and what stands in them."""

from __future__ import annotations

import re

from undersigned.accounts.register import cells, fields
from undersigned.imports.columns import Meaning
from undersigned.imports.dates import readings
from undersigned.networks.addresses import NotUnderstood, understand
from undersigned.networks.names import Network, network_named


def names_a_network(value: str) -> bool:
    """Whether a value is the name of a network."""
    try:
        network_named(value)
    except NotUnderstood:
        return False
    return True


def is_an_address(value: str) -> bool:
    """Whether a value holds the web address of an account, and not that of any other site."""
    return (
        "." in value
        and cells.email_of(value) is None
        and any(_leads_to_an_account(piece) for piece in cells.pieces(value))
    )


def is_a_handle(value: str) -> bool:
    """Whether all that a value holds could be handles, each one word and no sentence, or addresses in their place."""
    found = cells.pieces(value)
    return bool(found) and not cells.is_mark(value) and all(_is_one_word(piece) for piece in found)


def _is_one_word(piece: str) -> bool:
    plain, _network = cells.without_label(piece)
    return bool(re.fullmatch(r"@?[\w.-]{2,60}(?:@[\w.-]+)?", plain)) or _leads_to_an_account(piece)


def is_a_number(value: str) -> bool:
    """Whether a value could be a network's own number for an account."""
    return bool(re.fullmatch(r"[0-9]{5,25}|UC[\w-]{22}|did:\S+|urn:li:organization:[0-9]+", value))


def _leads_to_an_account(piece: str) -> bool:
    try:
        understand(cells.without_label(piece)[0])
    except NotUnderstood:
        return False
    return True


def _called(names: str) -> tuple[str, ...]:
    """Names of a column, in one line of text with bars between them."""
    return tuple(name.strip() for name in names.split("|"))


LONG = {
    fields.NETWORK: Meaning(
        _called(
            "network | social network | platform | social media | social media platform | service | "
            "service key | site | channel | medium | tool | account type | media type | réseau | réseau "
            "social | plateforme | média social | médias sociaux | outil | canal | type | "
            "type de compte | service display name"
        ),
        names_a_network,
        several=True,
    ),
    fields.URL: Meaning(
        _called(
            "url | link | address | web address | account url | service url | profile url | page url | "
            "hyperlink | account link | link to account | website address | uri | href | lien | adresse | "
            "adresse web | lien du compte | adresse url | hyperlien | lien vers le compte | urls | links "
            "| liens"
        ),
        is_an_address,
        several=True,
    ),
    fields.HANDLE: Meaning(
        _called(
            "handle | username | user name | account | account name | screen name | profile | user | "
            "alias | account handle | social media account | social media handle | page | compte | nom du "
            "compte | nom d'utilisateur | identifiant | pseudo | pseudonyme | profil | accounts | handles "
            "| social media accounts | comptes"
        ),
        is_a_handle,
        several=True,
    ),
    fields.NUMBER: Meaning(
        _called(
            "network id | account id | user id | numeric id | channel id | page id | platform id | "
            "profile id | numéro du compte | id du compte | identifiant numérique"
        ),
        is_a_number,
        several=True,
    ),
    fields.OWNER: Meaning(
        _called(
            "owner | account owner | owned by | business owner | responsible | responsible party | "
            "belongs to | member | propriétaire | responsable | "
            "appartient à | titulaire"
        ),
    ),
    fields.UNIT: Meaning(
        _called(
            "unit | department | dept | organization | organisation | agency | "
            "division | branch | business unit | section | facility | team | "
            "bureau | department name | service area | owning unit | office | unité | direction | "
            "département | équipe | arrondissement | unité administrative"
        ),
    ),
    fields.STEWARD: Meaning(
        _called(
            "steward | account manager | manager | administrator | admin | primary contact | contact | "
            "page admin | main contact | contact name | contact person | lead | editor | moderator | "
            "managed by | maintained by | point of contact | gestionnaire | administrateur | "
            "administratrice | personne-ressource | géré par | contact principal"
        ),
    ),
    fields.DEPUTY: Meaning(
        _called(
            "deputy | backup | back-up | secondary contact | backup contact | alternate | alternate "
            "contact | second contact | backup admin | substitut | suppléant | suppléante | remplaçant | "
            "contact secondaire"
        ),
    ),
    fields.DISPLAY_NAME: Meaning(
        _called(
            "display name | name | title | page name | account title | profile name | nom | nom affiché | "
            "titre | nom de la page"
        ),
    ),
    fields.PURPOSE: Meaning(
        _called(
            "purpose | description | short description | objective | use | about | goal | mandate | scope "
            "| but | objectif | mandat | utilisation | raison d'être"
        ),
    ),
    fields.AUDIENCE: Meaning(
        _called("audience | target audience | public | public cible | auditoire | clientèle"),
    ),
    fields.LANGUAGE: Meaning(
        _called("language | languages | lang | langue | langues"),
        lambda value: cells.languages_of(value) is not None,
    ),
    fields.EMAIL: Meaning(
        _called(
            "email | e-mail | email address | contact email | account email | login email | courriel | "
            "adresse courriel | adresse électronique"
        ),
        lambda value: cells.email_of(value) is not None,
    ),
    fields.STATUS: Meaning(
        _called("status | state | active | account status | état | statut | actif | en service"),
    ),
    fields.FOLLOWERS: Meaning(
        _called(
            "followers | follower count | number of followers | fans | likes | subscribers | reach | "
            "abonnés | nombre d'abonnés | mentions j'aime"
        ),
        lambda value: cells.count_of(value) is not None,
    ),
    fields.OPENED_ON: Meaning(
        _called(
            "opened on | opened | created | created on | date created | creation date | date of inception "
            "| inception | date opened | launched | launch date | start date | since | year created | "
            "date joined | joined | créé le | date de création | ouvert le | date d'ouverture | depuis | "
            "lancement"
        ),
        lambda value: bool(readings(value)),
    ),
    fields.LAST_POST_ON: Meaning(
        _called(
            "last post | last posted | last post date | date of last post | last activity | last active | "
            "last tweet | last update | latest post | most recent post | dernière publication | dernier "
            "message | date de la dernière publication | dernière activité"
        ),
        lambda value: bool(readings(value)),
    ),
    fields.NOTES: Meaning(
        _called(
            "notes | note | comments | comment | remarks | remark | commentaires | remarques | observations"
        ),
        several=True,
    ),
    fields.SECRET: Meaning(
        _called(
            "password | passwords | pass | pwd | passcode | pin | login password | account password | "
            "credentials | recovery code | recovery codes | backup codes | 2fa code | 2fa secret | "
            "security answer | secret | mot de passe | mots de passe | code de récupération | codes de "
            "récupération | mdp"
        ),
        several=True,
    ),
}

VOCABULARY = LONG | {
    fields.wide(network, field): Meaning((f"{network.label} {field}",), several=True)
    for network in Network
    if network not in {Network.OTHER, Network.PRACTICE}
    for field in fields.OF_A_NETWORK
}
"""Every field that a mapping may name."""
