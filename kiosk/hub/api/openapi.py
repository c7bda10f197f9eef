"""The OpenAPI document at /schema/openapi.json, made from the types and completed where they say more."""

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, OpenAPIResponse, Schema, SecurityScheme

from kiosk.wire import (
    campus,
    card_relay,
    cards,
    desk,
    enrolment,
    envelope,
    health,
    identity,
    knowledge,
    operations,
    tickets,
    upkeep,
)

_SCHEME = "kiosk"


def document(version: str) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Campus kiosk hub",
        version=version,
        description="What kiosks ask of their hub. Every answer carries Campus-Hub-Time.",
        path="/schema",
        render_plugins=[JsonRenderPlugin()],
        components=Components(
            security_schemes={
                _SCHEME: SecurityScheme(type="http", scheme="bearer", description="from POST /v1/token, 15 minutes")
            }
        ),
        security=[{_SCHEME: []}],
        use_handler_docstrings=False,
    )


def tell_answers_apart(app: Litestar) -> None:
    """Answers of several kinds are documented as ``oneOf``, and one that has all fields of another kind too would be
    valid as both, which is none: they are ``anyOf``."""
    for path in (app.openapi_schema.paths or {}).values():
        for operation in (path.get, path.post, path.delete):
            for response in (operation.responses or {}).values() if operation else ():
                for content in (response.content or {}).values() if isinstance(response, OpenAPIResponse) else ():
                    schema = content.schema
                    if isinstance(schema, Schema) and schema.one_of:
                        schema.any_of, schema.one_of = schema.one_of, None


def refuse_unknown_fields(app: Litestar) -> None:
    """Litestar does not write ``additionalProperties: false`` for structs that forbid unknown fields."""
    strict = {
        value.__name__
        for module in (
            campus,
            card_relay,
            cards,
            desk,
            enrolment,
            envelope,
            health,
            identity,
            knowledge,
            operations,
            tickets,
            upkeep,
        )
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__struct_config__.forbid_unknown_fields
    }
    components = app.openapi_schema.components
    for name, schema in (components.schemas if components and components.schemas else {}).items():
        if name.rpartition("_")[2] in strict and isinstance(schema, Schema):
            schema.additional_properties = False
