import type { ReactNode } from 'react';

/** Title of a page with its actions at the right; one primary button per page. */
export function PageHead({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 12, marginBottom: 12, flexWrap: 'wrap' }}>
      <h1 style={{ fontSize: 20, fontWeight: 700, margin: 0 }}>{title}</h1>
      {children}
      <span className="spacer" />
      {actions}
    </div>
  );
}
