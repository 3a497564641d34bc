/* What cannot be read or used on a page as it stands: text that is cut, what lies over something else, what leaves the page. */
() => {
  const found = [];
  const name = at => at.outerHTML.replace(/\s+/g, ' ').slice(0, 140);
  const shown = at => at.checkVisibility({ visibilityProperty: true }) && at.getClientRects().length > 0;
  const hiddenOnPurpose = at => at.closest('.visually-hidden, .visually-hidden-focusable, .skip, [hidden], script, style, template, svg, canvas');
  const ownText = at => [...at.childNodes].some(each => each.nodeType === Node.TEXT_NODE && each.data.trim());
  const moves = at => {
    for (let up = at.parentElement; up && up !== document.body; up = up.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return up;
    }
    return null;
  };

  for (const at of document.querySelectorAll('body *')) {
    if (hiddenOnPurpose(at) || !shown(at)) continue;
    const style = getComputedStyle(at);
    // For those who listen only.
    if (style.clipPath !== 'none' || at.offsetWidth <= 1) continue;
    const clips = ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
    if (clips && at.innerText?.trim() && (at.scrollWidth > at.clientWidth + 1 || at.scrollHeight > at.clientHeight + 2)) {
      found.push('cut: ' + name(at));
    }
    if (at.matches('td, th, dd, dt, label, .btn, .badge, a, span, p, li') && ownText(at) && style.display !== 'inline'
        && at.scrollWidth > at.clientWidth + 1 && at.clientWidth > 0 && !clips && !moves(at)) {
      found.push('longer than its place: ' + name(at));
    }
  }

  // A date or a length of time as machines write it is not for people.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement;
    const machine = walker.currentNode.data.match(/\b\d{4}-\d{2}-\d{2}\b|\bP(?:\d+[DWM]|T\d+[HM])\b/);
    if (machine && !at.closest('script, style, template, code, pre') && shown(at)) found.push('for machines: ' + machine[0] + ' ' + name(at));
  }

  const ruler = document.createElement('canvas').getContext('2d');
  const width = (at, text) => {
    const style = getComputedStyle(at);
    ruler.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return ruler.measureText(text).width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  };
  for (const at of document.querySelectorAll('select, input[placeholder]')) {
    if (!shown(at)) continue;
    const text = at.matches('select') ? at.selectedOptions[0]?.text ?? '' : at.placeholder;
    if (width(at, text) > at.clientWidth + 2) found.push('its text is cut: ' + name(at) + ' ' + text);
  }

  const controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(at => !hiddenOnPurpose(at) && shown(at) && !at.closest('.visually-hidden-focusable'));
  const boxes = controls.flatMap(at => [...at.getClientRects()].map(box => ({ at, box })));
  for (const { at, box } of boxes) {
    if (!moves(at) && (box.left < -1 || box.right > document.documentElement.clientWidth + 1)) {
      found.push('leaves the page: ' + name(at));
    }
  }
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length; j++) {
      const one = boxes[i], two = boxes[j];
      if (one.at === two.at || one.at.contains(two.at) || two.at.contains(one.at)) continue;
      const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
      const down = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
      // Two lines of links may share a hair of their line height.
      if (across > 3 && down > 4) found.push('one over the other: ' + name(one.at) + ' and ' + name(two.at));
    }
  }
  return found;
}
