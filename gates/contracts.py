"""An import contract: some packages, ours or not, may be imported only by the importers named.

import-linter's own ``protected`` stops when a name is not there yet or an external package is not used yet.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyIn(Contract):
    """Options: ``packages``, ``importers``; a name stands for the module and all below it."""

    type_name = "only_in"

    packages = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        packages: list[str] = self.packages  # type: ignore[assignment]
        importers: list[str] = self.importers  # type: ignore[assignment]
        illegal = sorted(
            (importer, module)
            for package in packages
            for module in graph.modules
            if within(module, [package])
            for importer in graph.find_modules_that_directly_import(module)
            if not within(importer, [package, *importers])
        )
        return ContractCheck(kept=not illegal, metadata={"illegal": illegal})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, module in check.metadata["illegal"]:
            output.print_error(f"- {importer} -> {module}", bold=False)
        output.new_line()


def within(module: str, packages: list[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)
