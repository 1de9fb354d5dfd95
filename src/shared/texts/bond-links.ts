export const bondLinks = {
  'codified-strong': 'a strong, codified link',
  'codified-moderate': 'a moderate, codified link',
  'institutional-weak': 'a weak, institutional link',
  'fragile-temporary': 'a fragile, temporary link',
} as const;
