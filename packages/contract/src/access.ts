import { z } from 'zod';
import { permissions, roles } from './permissions.ts';
import { momentSchema, uuidSchema } from './primitives.ts';

export const roleSchema = z.enum(roles);
export const permissionSchema = z.enum(permissions);
export const localeSchema = z.enum(['zh-CN', 'en']);

/** Digits and letters of a staff number; it is the user name. */
export const usernameSchema = z.string().trim().min(1).max(64);
/** NIST SP 800-63B §5.1.1: length matters, composition rules do not. */
export const PASSWORD_LENGTH_MIN = 10;
export const passwordSchema = z.string().min(PASSWORD_LENGTH_MIN).max(200);

export const signInRequest = z.object({ username: usernameSchema, password: z.string().min(1).max(200) });

/** Who is signed in, what they may do, and whether the hospital is set up. */
export const sessionSchema = z.object({
  accountId: uuidSchema,
  username: z.string(),
  displayName: z.string(),
  staffId: uuidSchema.nullable(),
  roles: z.array(roleSchema),
  permissions: z.array(permissionSchema),
  locale: localeSchema,
  mustChangePassword: z.boolean(),
  preferences: z.record(z.string(), z.unknown()),
  hospital: z.object({
    hospitalId: uuidSchema,
    name: z.string(),
    nameEn: z.string(),
    timeZone: z.string(),
    isSetUp: z.boolean(),
    isDemo: z.boolean(),
  }),
});
export type Session = z.infer<typeof sessionSchema>;

export const changePasswordRequest = z.object({
  currentPassword: z.string().min(1).max(200),
  newPassword: passwordSchema,
});
export const preferencesRequest = z.object({
  locale: localeSchema.optional(),
  preferences: z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()])).optional(),
});

export const accountSchema = z.object({
  accountId: uuidSchema,
  username: z.string(),
  displayName: z.string(),
  staffId: uuidSchema.nullable(),
  roles: z.array(roleSchema),
  disabledAt: momentSchema.nullable(),
  lockedUntil: momentSchema.nullable(),
  createdAt: momentSchema,
});
export type Account = z.infer<typeof accountSchema>;
export const createAccountRequest = z.object({
  username: usernameSchema,
  displayName: z.string().trim().min(1).max(100),
  roles: z.array(roleSchema).min(1),
  staffId: uuidSchema.nullable().default(null),
  password: passwordSchema,
  /** The person chooses their own at the first sign-in. */
  mustChangePassword: z.boolean().default(true),
});
export const updateAccountRequest = z.object({
  displayName: z.string().trim().min(1).max(100).optional(),
  roles: z.array(roleSchema).min(1).optional(),
  staffId: uuidSchema.nullable().optional(),
  isDisabled: z.boolean().optional(),
});
export const resetPasswordResponse = z.object({ oneTimePassword: z.string() });

export const apiTokenSchema = z.object({
  tokenId: uuidSchema,
  name: z.string(),
  roles: z.array(roleSchema),
  createdAt: momentSchema,
  lastUsedAt: momentSchema.nullable(),
  revokedAt: momentSchema.nullable(),
});
export const createApiTokenRequest = z.object({
  name: z.string().trim().min(1).max(100),
  roles: z.array(roleSchema).min(1),
});
export const createApiTokenResponse = z.object({ token: z.string(), apiToken: apiTokenSchema });
