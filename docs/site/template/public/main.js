export default {
  start: () => {
    // Lists of members that are declared elsewhere are closed at first: they are longer than what the type itself has.
    for (const list of document.querySelectorAll('dl.inheritedMembers, dl.extensionMethods')) {
      const members = document.createElement('details')
      members.className = 'members'
      const title = members.appendChild(document.createElement('summary'))
      title.textContent = `${list.querySelector('dt').textContent} (${list.querySelectorAll('dd > div').length})`
      list.replaceWith(members)
      members.append(list)
    }
  },
}
