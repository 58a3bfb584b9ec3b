# In the chroot, read by "bash -e".

systemd-sysusers lagerfeuer.conf
# All that are here: what Raspberry Pi OS does in its own way was left out.
(cd /etc/systemd/system && systemctl enable lagerfeuer*.service)
# A login prompt would be painted over the programme, and nobody is to log in at a door.
systemctl mask getty@.service serial-getty@.service autovt@.service console-getty.service getty.target \
  apt-daily.timer apt-daily-upgrade.timer

for user in root "$FIRST_USER_NAME"; do
  if id "$user" > /dev/null 2>&1; then usermod --password '*' "$user"; fi
done

# The bundle is for this machine, or the build ends here.
/opt/lagerfeuer/bin/node /opt/lagerfeuer/lagerfeuer.js help > /dev/null
