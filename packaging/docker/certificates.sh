#!/bin/sh
# Makes an authority of your own, and of it a certificate each for the scheduler, the workers and the press.
#
#   sh packaging/docker/certificates.sh FOLDER ADDRESS     ADDRESS: where the scheduler is reached, 192.0.2.10 say
#
# The folder must not be there yet. Keep ca.key away from the other machines.
set -eu
umask 077
folder=${1:?"usage: certificates.sh FOLDER ADDRESS"}
address=${2:?"usage: certificates.sh FOLDER ADDRESS"}
days=3650
case $address in
*[!0-9.]*) name=DNS:$address ;;
*) name=IP:$address ;;
esac
mkdir -- "$folder"
cd -- "$folder"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$days" -subj "/CN=bulletin-press" -keyout ca.key -out ca.pem 2>/dev/null
for one in scheduler worker press; do
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$one" -keyout "$one.key" -out "$one.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s,%s\n' "$one" "$name" >"$one.ext"
    openssl x509 -req -in "$one.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$days" -extfile "$one.ext" \
        -out "$one.pem" 2>/dev/null
    rm -- "$one.csr" "$one.ext"
done
echo "$folder: ca.pem, and .pem and .key for scheduler, worker, press"
