// What the page itself says, all in one place.

export const words = {
  bot: "Trợ lý: ",
  person: "Bà con: ",
  choices: "Lựa chọn",
  sending: "Đang gửi…",
  sent: "Đã gửi",
  refused: "Chưa gửi được",
  lostFile: "Chưa gửi được, chọn lại giúp",
  stop: "Dừng",
  network: "Mạng chập chờn. Tin đã giữ, sẽ gửi lại.",
  reconnecting: "Mạng chập chờn, đang nối lại…",
  download: "Tải về:",
  newer: "Có tin mới ↓",
  more: "Xem tiếp ↓",
  slow: "Trợ lý trả lời chậm hơn mọi khi. Có trả lời là hiện ngay ở đây.",
  elsewhere: "Trang này đang mở ở nhiều chỗ.",
  useHere: "Dùng ở đây",
  cookies: "Trình duyệt đang chặn cookie nên trang chưa nhớ được bà con. Cho phép cookie rồi mở lại trang giúp.",
  notUnderstood: "Trợ lý chưa nhận được tin này. Gõ lại giúp.",
  preparing: "Đang chuẩn bị ảnh…",
  takePhoto: "📷 Chụp ảnh",
  choosePhoto: "Chọn ảnh có sẵn",
  chooseFile: "Chọn tệp",
  photo: "Ảnh",
  notLeft: "Mạng chập chờn, chưa thoát được. Thử lại giúp.",
  home: "Về đầu",
  tooBig: (size, most) => `Tệp này ${size}, nặng quá; gửi được tới ${most}. Chụp lại ảnh nhỏ hơn giúp.`,
};

export function sizeInWords(bytes) {
  if (bytes < 1000) return `${bytes} byte`;
  if (bytes < 1000 * 1000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1000 / 1000).toFixed(1).replace(".", ",").replace(",0", "")} MB`;
}
