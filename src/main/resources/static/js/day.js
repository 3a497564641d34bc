// A booking that is dragged to another day opens the page that moves it, with a free time of that day.
(() => {
  const moves = document.querySelectorAll('[data-move]');
  const days = document.querySelectorAll('[data-day]');
  moves.forEach((booking) => {
    booking.draggable = true;
    booking.addEventListener('dragstart', (event) => {
      event.dataTransfer.setData('text/plain', booking.dataset.move);
      event.dataTransfer.effectAllowed = 'move';
    });
  });
  days.forEach((day) => {
    day.addEventListener('dragover', (event) => {
      event.preventDefault();
      day.classList.add('table-active');
    });
    day.addEventListener('dragleave', () => day.classList.remove('table-active'));
    day.addEventListener('drop', (event) => {
      event.preventDefault();
      const address = event.dataTransfer.getData('text/plain');
      if ([...moves].some((booking) => booking.dataset.move === address)) {
        window.location.assign(address + '?on=' + day.dataset.day);
      }
    });
  });
})();
