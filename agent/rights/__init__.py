"""What belongs to the employee: a copy of everything, the recovery sheet, and checking offline."""

from agent.rights.export import export, save_receipt, save_sheet
from agent.rights.material import Batch, Generation, Material, Waiting
from agent.rights.sheet import recovery_sheet
from agent.rights.verify import Report, verify_path

__all__ = [
    "Batch",
    "Generation",
    "Material",
    "Report",
    "Waiting",
    "export",
    "recovery_sheet",
    "save_receipt",
    "save_sheet",
    "verify_path",
]
