export * from './policy-rule.ts';
export * from './role.ts';
export * from './role-binding.ts';
