/** Roles in a workspace, from who may do least to who may do everything. */

import type { TFunction } from "i18next";
import type { Role } from "@/api/types";

export const ROLES = ["viewer", "editor", "approver", "admin"] as const satisfies readonly Role[];

export function roleName(t: TFunction, role: Role): string {
  return t(`roles.${role}`);
}
