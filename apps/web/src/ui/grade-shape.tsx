import type { Grade } from '@jiapian/kernel';

/** Circle, square, triangle, cross: a grade is readable without colour, in print too. */
export function GradeShape({ grade, size = 10 }: { grade: Grade; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden="true" fill="currentColor" style={{ flex: 'none' }}>
      {shapes[grade]}
    </svg>
  );
}

const shapes = {
  A: <circle cx="5" cy="5" r="4.6" />,
  B: <rect x="0.8" y="0.8" width="8.4" height="8.4" />,
  C: <path d="M5 0.4 9.8 9.4H0.2z" />,
  reject: <path d="M1.4 0 5 3.6 8.6 0 10 1.4 6.4 5 10 8.6 8.6 10 5 6.4 1.4 10 0 8.6 3.6 5 0 1.4z" />,
} as const;
