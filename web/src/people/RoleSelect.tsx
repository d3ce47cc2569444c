import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "@/api/types";
import dialogs from "@/kit/Dialogs.module.css";
import css from "@/people/People.module.css";
import { ROLES, roleName } from "@/people/roles";

type RoleSelectProps = { id?: string; label?: string; value: Role; onChange: (role: Role) => void };

export function RoleSelect({ id, label, value, onChange }: RoleSelectProps): ReactNode {
  const { t } = useTranslation();
  return (
    <select
      id={id}
      aria-label={label}
      className={`${dialogs.text ?? ""} ${css.role ?? ""}`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Role)}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {roleName(t, role)}
        </option>
      ))}
    </select>
  );
}
