import {
  IconAlertTriangle,
  IconArrowsMove,
  IconBookmark,
  IconBuilding,
  IconBuildingBank,
  IconFileText,
  IconChecklist,
  IconFlag,
  IconGitBranch,
  IconFlask,
  IconFolder,
  IconLink,
  IconMathFunction,
  IconMessage,
  IconMessages,
  IconRocket,
  IconSchool,
  IconTool,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { AuditedType } from '#shared/domain/types.ts';

export type IconType = ComponentType<{
  size?: number | string;
  stroke?: number | string;
  className?: string;
}>;

export const iconOf: Readonly<Record<AuditedType, IconType>> = {
  university: IconBuildingBank,
  project: IconRocket,
  organisation: IconBuilding,
  team: IconUsersGroup,
  faculty: IconSchool,
  student: IconUsers,
  repository: IconGitBranch,
  interface: IconLink,
  outcome: IconFlag,
  'risk-factor': IconAlertTriangle,
  'factor-model': IconMathFunction,
  contact: IconMessages,
  repair: IconTool,
  task: IconChecklist,
  document: IconFileText,
  comment: IconMessage,
  profile: IconUser,
  view: IconBookmark,
  'shared-sandbox': IconFlask,
  position: IconArrowsMove,
  workspace: IconFolder,
};
