import type { ReactNode } from 'react';
import './badges.css';

/** `good` in order, `attention` look at it, `bad` failed or overdue, `active` somebody works on it. */
export type Tone = 'plain' | 'good' | 'attention' | 'bad' | 'active';

export function StateTag({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`badge tone-${tone}`}>
      {icon}
      {children}
    </span>
  );
}
