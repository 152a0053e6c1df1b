/** @file A place that files are dropped on. */

/** @param take called with what was dropped, while its event lasts */
export function onDrop(zone: HTMLElement, take: (dropped: DataTransfer) => void): void {
  for (const kind of ['dragover', 'dragleave', 'drop'] as const)
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle('over', kind === 'dragover');
      if (kind === 'drop' && event.dataTransfer) take(event.dataTransfer);
    });
}
