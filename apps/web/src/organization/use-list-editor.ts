import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

/** Which row of a list is open in its form, and what happens when it was saved. */
export const useListEditor = <Row>(queryKey: string) => {
  const client = useQueryClient();
  const [edited, setEdited] = useState<Row | 'new' | null>(null);
  const close = (): void => setEdited(null);
  return {
    isOpen: edited !== null,
    row: edited === 'new' ? null : edited,
    open: (row: Row | 'new') => setEdited(row),
    close,
    saved: (): void => {
      void client.invalidateQueries({ queryKey: [queryKey] });
      close();
    },
  };
};
