// Makes a photo small enough for a weak signal, and a little picture of it to keep in the talk.

const LONGEST = 2000;
const LIGHT = 1_500_000;
const THUMB = 240;

function load(file) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = URL.createObjectURL(file);
  });
}

function drawn(image, longest) {
  const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // JPEG knows no transparency
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// Gives {blob, name, thumb, width, height}; without a thumb when the browser cannot draw the file.
export async function prepare(file) {
  const asItIs = { blob: file, name: file.name || "" };
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml" || !file.size) return asItIs;
  let image;
  try {
    image = await load(file);
  } catch {
    return asItIs;
  }
  try {
    const small = drawn(image, THUMB);
    const photo = { ...asItIs, thumb: small.toDataURL("image/jpeg", 0.65), width: small.width, height: small.height };
    const isLight = file.size <= LIGHT && Math.max(image.naturalWidth, image.naturalHeight) <= LONGEST;
    if (isLight || file.type === "image/gif") return photo;
    const blob = await new Promise((resolve) => drawn(image, LONGEST).toBlob(resolve, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return photo;
    return { ...photo, blob, name: asItIs.name.replace(/\.[^.]*$/, "") + ".jpg" };
  } catch {
    return asItIs; // too big for this phone's memory
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
