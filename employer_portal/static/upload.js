// A file that the server would refuse is said to be too large before it is sent; the server holds the limit without this.
const MOST_BYTES = 5 * 1024 * 1024;
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file") return;
  const large = [...field.files].some((file) => file.size > MOST_BYTES);
  field.setCustomValidity(large ? "5MB보다 큰 파일입니다. 더 작은 파일을 골라 주세요." : "");
  field.reportValidity();
});
