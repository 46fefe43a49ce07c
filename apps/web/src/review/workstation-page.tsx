export function WorkstationPage() {
  return null;
}
